import temml from 'temml';

/** @typedef {{ type?: string, text?: string, children?: MathNode[], classes?: string[], attributes?: Record<string, unknown>, style?: Record<string, string> }} MathNode  a node of Temml's tree */

const MAX_LENGTH = 3_000; // characters of TeX
const MAX_CHEMISTRY_LENGTH = 1_000; // reading it takes longer: 100 ms
const MAX_CHEMISTRY_DEPTH = 2; // within one another; each can triple what is in it
const MAX_NODES = 2_000; // 100 ms of layout, on a slow machine
const MAX_DEPTH = 60; // elements; layout takes longer with each
const MAX_EM = 30; // of a space or a rule
const MAX_PT = 300;

// Commands that define others, that this page does not set, or that copy their argument, so that 15 of
// them within each other would fill the memory.
const refused =
  /\\(?:[egx]?def|let|futurelet|global|long|(?:re)?newcommand|providecommand|(?:eq)?ref|(?:math)?llap|equilibrium(?:Left|Right))(?![a-zA-Z])/;

const chemistry = /\\(?:ce|pu)(?![a-zA-Z])/;
const chemistryOrBrace = /\\(?:ce|pu)(?![a-zA-Z])\s*|\\[\s\S]|[{}]/g;

const macros = {
  '\\mbox': '\\text{#1}',
  '\\mathds': '\\mathbb{#1}',
  '\\mathbbm': '\\mathbb{#1}',
  '\\cancelto': '\\cancel{#2}^{#1}', // Temml's copies its argument three times
};

/** What models write and Temml reads otherwise. @type {[RegExp, string][]} */
const rewritten = [
  // Numbers of equations would count on from one answer to the next.
  [/(\\(?:begin|end)\{(?:align|alignat|equation|gather|multline))\}/g, '$1*}'],
  [/(\\begin\{(?:aligned|alignedat|gathered|split)\})\s*\[[tbc]\]/g, '$1'],
  [/^(?!.*\\begin\b).*\\\\.*$/s, '\\begin{gathered}$&\n\\end{gathered}'], // lines without an environment
];

const elements = words(`math mrow mi mn mo mtext mspace msup msub msubsup munder mover munderover
  mmultiscripts mprescripts mfrac msqrt mroot mtable mtr mtd mstyle mpadded mphantom menclose none`);
const attributeNames =
  words(`accent accentunder depth display displaystyle fence form height largeop
  linethickness lspace mathbackground mathsize mathvariant maxsize minsize movablelimits rspace
  scriptlevel separator stretchy symmetric voffset width`);

/** Classes of formulas.css, in the place of style attributes, which the policy forbids. */
const styleClasses = new Map(
  Object.entries({
    'mathDepth:0': 'maths-depth-0',
    'math-depth:0': 'maths-depth-0',
    'mathDepth:2': 'maths-depth-2',
    'padding:3pt': 'maths-boxed',
    'padding:0.3em': 'maths-padded',
    'marginLeft:-0.1667em': 'maths-back',
    'fontWeight:bold': 'maths-bold',
    'font-style:italic': 'maths-italic',
    'transform:scaleX(-1)': 'maths-mirrored',
    'position:relative': 'maths-lap',
    'position:absolute': 'maths-lapped',
    'textAlign:left': 'tml-left',
    'width:100%': 'maths-wide',
    'width:50%': 'maths-glue',
  }),
);

/**
 * TeX as MathML, made of elements and attributes that are known to do nothing.
 * @param {string} tex
 * @param {boolean} display  on lines of its own
 * @returns {Element}
 * @throws {Error} if the TeX is not known, not allowed or too large
 */
export function mathml(tex, display) {
  if (tex.length > MAX_LENGTH || refused.test(tex) || (isChemical(tex) && !isLimited(tex)))
    throw new RangeError('not set');
  const tree = temml.__renderToMathMLTree(rewrite(tex), {
    displayMode: display,
    throwOnError: true,
    maxSize: [MAX_EM, MAX_PT],
    macros: { ...macros },
  });
  const count = { nodes: 0 };
  const fragment = document.createDocumentFragment();
  append(fragment, /** @type {MathNode} */ (tree), count, 0);
  if (!fragment.textContent?.trim() && !fragment.querySelector('mspace'))
    throw new RangeError('nothing to show');
  return /** @type {Element} */ (fragment.firstElementChild);
}

/** Whether it has commands of chemistry.js. @param {string} tex */
export function isChemical(tex) {
  return chemistry.test(tex);
}

/** @param {string} tex  with commands of chemistry */
function isLimited(tex) {
  /** Of each open brace, whether it is the argument of such a command. @type {boolean[]} */
  const open = [];
  let isArgument = false;
  for (const [mark] of tex.matchAll(chemistryOrBrace)) {
    if (mark === '{') open.push(isArgument);
    if (mark === '}') open.pop();
    isArgument = chemistry.test(mark);
    if (isArgument && open.filter(Boolean).length >= MAX_CHEMISTRY_DEPTH) return false;
  }
  return tex.length <= MAX_CHEMISTRY_LENGTH;
}

/** @param {string} list */
function words(list) {
  return new Set(list.split(/\s+/));
}

/** @param {string} tex */
function rewrite(tex) {
  return rewritten.reduce(
    (text, [pattern, replacement]) => text.replace(pattern, replacement),
    tex,
  );
}

/**
 * @param {Node} parent
 * @param {MathNode} node
 * @param {{ nodes: number }} count
 * @param {number} depth
 */
function append(parent, node, count, depth) {
  const { type, text, children } = node;
  if (++count.nodes > MAX_NODES || depth > MAX_DEPTH) throw new RangeError('too large');
  if (text !== undefined) {
    parent.appendChild(document.createTextNode(text));
    return;
  }
  if (!children || (type && !elements.has(type))) throw new TypeError(`${type} is not allowed`);
  const target = type ? parent.appendChild(createElement(type, node)) : parent;
  for (const child of children) append(target, child, count, depth + 1);
}

/**
 * @param {string} type
 * @param {MathNode} node
 */
function createElement(type, { classes = [], attributes = {}, style = {} }) {
  const element = document.createElementNS('http://www.w3.org/1998/Math/MathML', type);
  for (const [name, value] of Object.entries(attributes)) {
    if (Math.abs(Number.parseFloat(`${value}`)) > MAX_PT)
      throw new RangeError(`${value} is too large`);
    if (attributeNames.has(name)) element.setAttribute(name, colour(`${value}`));
  }
  // Firefox and WebKit draw lines through a term; without a notation they draw a long division. The
  // style sheet draws the rest, and all in Chromium.
  if (type === 'menclose') {
    const notation = `${attributes.notation}`;
    element.setAttribute('notation', /^[a-z ]*strike$/.test(notation) ? notation : '');
  }
  const names = classes.filter(Boolean);
  for (const [property, value] of Object.entries(style)) {
    if (property === 'color' && value) element.setAttribute('mathcolor', colour(value));
    names.push(...classesOf(property, value));
  }
  if (names.length) element.setAttribute('class', names.join(' '));
  return element;
}

/** Black is the colour of the text, also on a dark page. @param {string} value */
function colour(value) {
  return value === 'black' ? 'currentcolor' : value;
}

/**
 * @param {string} property
 * @param {string} value
 * @returns {string[]}
 */
function classesOf(property, value) {
  const known = styleClasses.get(`${property}:${value}`);
  if (known) return [known];
  const [, side = '', line = ''] =
    /^border(Top|Bottom|Left|Right):\S+ (solid|dashed|double)/.exec(`${property}:${value}`) ?? [];
  if (side) return [`maths-${side.toLowerCase()}-${line}`];
  const [, padded = ''] = /^padding(Left|Right)$/.exec(property) ?? [];
  return padded ? [`maths-${padded.toLowerCase()}-${padding(value)}`] : [];
}

/**
 * The nearest of the paddings that Temml gives to the cells of a table.
 * @param {string} value
 */
function padding(value) {
  const em = Number.parseFloat(value) * (value.endsWith('pt') ? 0.1 : 1);
  return em < 0.05 ? 'none' : em < 0.3 ? 'narrow' : em < 0.8 ? 'normal' : 'gap';
}
