const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
const paths = {
  camera:
    'M6.75 5.75 8 3.75h4l1.25 2h2.5c.8 0 1.5.7 1.5 1.5v7.5c0 .8-.7 1.5-1.5 1.5H4.25c-.8 0-1.5-.7-1.5-1.5v-7.5c0-.8.7-1.5 1.5-1.5zM10 7.75a3 3 0 1 0 0 6 3 3 0 0 0 0-6',
  globe:
    'M10 2.75a7.25 7.25 0 1 0 0 14.5 7.25 7.25 0 0 0 0-14.5M2.75 10h14.5M10 2.75c-5 4.5-5 10 0 14.5M10 2.75c5 4.5 5 10 0 14.5',
  open: 'M8 4.25H5.5A1.75 1.75 0 0 0 3.75 6v8.5c0 1 .8 1.75 1.75 1.75H14c1 0 1.75-.8 1.75-1.75V12M11.5 3.75h4.75V8.5M16 4l-6.5 6.5',
  pin: 'M7.5 3.25h5l-.5 5.25 2.25 2.75h-8.5L8 8.5zM10 11.5v5.25',
  save: 'M10 3.5v9M6 9l4 4 4-4M3.75 16.25h12.5',
  remove:
    'M3.75 5.5h12.5M8 5.25V3.5h4v1.75M5.25 5.75l.75 10.5h8l.75-10.5M8.5 8.75v4.5M11.5 8.75v4.5',
};

/** Adds the symbols of icons that index.html does not have to its sprite, once. */
export function addIcons() {
  for (const [name, d] of Object.entries(paths)) {
    if (document.getElementById(`icon-${name}`)) return;
    const symbol = document.createElementNS(SVG_NAMESPACE, 'symbol');
    const path = document.createElementNS(SVG_NAMESPACE, 'path');
    symbol.id = `icon-${name}`;
    symbol.setAttribute('viewBox', '0 0 20 20');
    path.setAttribute('d', d);
    symbol.append(path);
    document.querySelector('svg[hidden]')?.append(symbol);
  }
}
