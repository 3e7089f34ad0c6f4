const controlHeight = 'max(2.25rem, var(--target))';

/**
 * The scales of the page. Colours and the touch target are custom properties (ui/tokens.css), which
 * differ by theme and by pointer, so that one set of utilities serves all.
 * @type {import('tailwindcss').Config}
 */
export default {
  content: [
    './frontend/index.html',
    './frontend/src/ui/**/*.js',
    '!./frontend/src/ui/**/*.test.js',
  ],
  theme: {
    extend: {
      fontFamily: { sans: 'ui-sans-serif, system-ui, sans-serif' },
      colors: {
        bg: 'var(--bg)',
        surface: 'var(--surface)',
        bubble: 'var(--bubble)',
        text: 'var(--text)',
        muted: 'var(--muted)',
        accent: 'var(--accent)',
        danger: 'var(--danger)',
        warning: 'var(--warning)',
        'danger-tint': 'var(--danger-tint)',
        'warning-tint': 'var(--warning-tint)',
        mark: 'var(--mark)',
        control: 'var(--control)',
        hairline: 'var(--hairline)',
        // Defined in render/render.css.
        code: {
          keyword: 'var(--code-keyword)',
          string: 'var(--code-string)',
          number: 'var(--code-number)',
          function: 'var(--code-function)',
          type: 'var(--code-type)',
          attribute: 'var(--code-attribute)',
          comment: 'var(--muted)',
          deletion: 'var(--danger)',
          plain: 'var(--text)',
        },
        backdrop: 'rgb(0 0 0 / 0.4)',
      },
      spacing: {
        target: 'var(--target)',
        control: controlHeight,
        // From the edge of an icon button to its icon.
        'icon-inset': 'calc((var(--target) - 1.25rem) / 2)',
        'safe-left': 'max(0.5rem, env(safe-area-inset-left))',
        'safe-right': 'max(0.5rem, env(safe-area-inset-right))',
        'safe-bottom': 'max(0.75rem, env(safe-area-inset-bottom))',
      },
      width: {
        column: 'min(44rem, 100% - 2rem)',
        drawer: 'min(19rem, 85vw)',
        modal: 'min(34rem, 100% - 2rem)',
      },
      maxWidth: { bubble: 'min(85%, 34rem)' },
      maxHeight: {
        field: 'min(40dvh, 19.5rem)',
        modal: 'min(40rem, 100dvh - min(14vh, 8rem) - 1rem)',
        palette: 'min(30rem, 100dvh - min(14vh, 8rem) - 1rem)',
      },
      fontSize: {
        note: ['0.8125rem', '1.125rem'],
        label: '0.9375rem',
        field: 'max(0.9375rem, var(--field))',
        greeting: ['1.75rem', { lineHeight: '1.25', letterSpacing: '-0.015em' }],
      },
      lineHeight: { control: controlHeight },
      borderRadius: { bubble: '1.125rem' },
      backgroundImage: {
        fade: 'linear-gradient(to top, var(--bg), transparent)',
        'fade-down': 'linear-gradient(var(--bg), transparent)',
      },
      keyframes: {
        wait: { '50%': { opacity: '0.25' } },
        arrive: { from: { opacity: '0', transform: 'translateY(4px)' } },
        'arrive-drawer': { from: { opacity: '0', insetInlineStart: '-4px' } },
      },
      animation: {
        wait: 'wait 1.2s ease-in-out infinite',
        'arrive-slow': 'arrive 160ms ease-out',
        arrive: 'arrive 120ms ease-out',
        drawer: 'arrive-drawer 160ms ease-out',
      },
    },
  },
};
