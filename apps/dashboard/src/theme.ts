import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type VariantColorsResolver,
} from '@mantine/core';

const family =
  '"Hiragino Sans", "Hiragino Kaku Gothic ProN", "Noto Sans JP", "Noto Sans CJK JP", Meiryo, "Segoe UI", sans-serif';

/** Outlined red and orange text is below 4.5:1 in Mantine's own shades; these are the tones of styles.css. */
const outlines: Readonly<Record<string, string>> = {
  red: 'var(--bad)',
  orange: 'var(--attention)',
  green: 'var(--good)',
  gray: 'var(--ended)',
};

const readableOutlines: VariantColorsResolver = (input) => {
  const own = defaultVariantColorsResolver(input);
  const color = input.variant === 'outline' && input.color ? outlines[input.color] : undefined;
  return color ? { ...own, color, border: `1px solid ${color}` } : own;
};

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
  variantColorResolver: readableOutlines,
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
  dark: {
    '--mantine-color-body': '#1d232c',
    '--mantine-color-dimmed': '#b3bcc9',
    '--mantine-color-placeholder': '#a2acba',
    '--mantine-color-error': '#ff9f94',
    '--mantine-color-text': '#e8ebf1',
    '--mantine-color-anchor': '#b9c7ff',
    '--mantine-color-dark-light-color': '#dfe3ea',
    '--mantine-color-indigo-light-color': '#c3cfff',
  },
});
