import { createTheme, type CSSVariablesResolver } from '@mantine/core';

const family =
  '"Hiragino Sans", "Hiragino Kaku Gothic ProN", "Noto Sans JP", "Noto Sans CJK JP", Meiryo, "Segoe UI", sans-serif';

/** Shade 8 with automatic contrast keeps text on filled buttons readable (WCAG AA). */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: 8,
  autoContrast: true,
  fontFamily: family,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK JP", monospace',
  lineHeights: { xs: '1.5', sm: '1.55', md: '1.65', lg: '1.65', xl: '1.7' },
  headings: { fontFamily: family, fontWeight: '700' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
});

/** Mantine's own greys for hints, placeholders and errors are below 4.5:1 on white. */
export const readableColours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#4b5563',
    '--mantine-color-placeholder': '#626b78',
    '--mantine-color-error': '#b42318',
    '--mantine-color-text': '#1a1f2b',
  },
  dark: {},
});
