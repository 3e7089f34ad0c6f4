/**
 * Where Tailwind looks for class names, and our scale. Colours are custom properties
 * (frontend/src/ui/tokens.css), so that both themes share one set of utilities.
 * @type {import('tailwindcss').Config}
 */
export default {
  content: ['./frontend/index.html', './frontend/src/**/*.js'],
  darkMode: ['selector', '[data-theme="dark"]'],
  theme: {
    extend: {
      colors: {
        bg: 'var(--bg)',
        surface: 'var(--surface)',
        bubble: 'var(--bubble)',
        text: 'var(--text)',
        muted: 'var(--muted)',
        accent: 'var(--accent)',
        danger: 'var(--danger)',
        control: 'var(--control)',
        hairline: 'var(--hairline)',
      },
      maxWidth: { thread: '44rem' },
    },
  },
};
