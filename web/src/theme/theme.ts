import {
  Badge,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Input,
  InputWrapper,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  Tooltip,
} from '@mantine/core'

const teal: MantineColorsTuple = [
  '#e3f2f0',
  '#c9e6e3',
  '#9dd2cd',
  '#6fbdb6',
  '#56c5bb',
  '#2b918a',
  '#177f79',
  '#0b6e69',
  '#095a56',
  '#074744',
]
const red: MantineColorsTuple = [
  '#fdefed',
  '#fbdad5',
  '#f7b5ab',
  '#f28c7d',
  '#e96350',
  '#dc4631',
  '#c9331f',
  '#b42318',
  '#951b12',
  '#76140d',
]
const gray: MantineColorsTuple = [
  '#f5f7f9',
  '#eef1f4',
  '#e3e7ec',
  '#cfd6dd',
  '#b4bec8',
  '#84909d',
  '#56616e',
  '#414b56',
  '#2b333c',
  '#171c22',
]
const dark: MantineColorsTuple = [
  '#e6e9ed',
  '#c3cad2',
  '#9aa5b1',
  '#6d7885',
  '#363d45',
  '#262b31',
  '#1c2025',
  '#14171b',
  '#0f1215',
  '#0a0c0e',
]

const controlHeight = { xs: '28px', sm: '32px', md: '36px', lg: '44px', xl: '52px' } as const
const heightOf = (size: unknown) => controlHeight[(size ?? 'sm') as keyof typeof controlHeight] ?? controlHeight.sm
const noMotion = { duration: 80, transition: 'fade' } as const

/** "The look": dense, flat, cool; Mantine draws its parts from the same tokens as our own style sheets. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 7 },
  colors: { teal, red, gray, dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  headings: { fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  shadows: { xs: 'none', sm: 'none', md: 'var(--float)', lg: 'var(--float)', xl: 'var(--float)' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      vars: (_, props) => ({
        root: {
          '--button-height': heightOf(props.size),
          '--button-padding-x': props.size === 'lg' ? '20px' : '12px',
          '--button-fz': props.size === 'lg' ? '14px' : '13px',
        },
      }),
      styles: { root: { fontWeight: 500 } },
    }),
    Input: Input.extend({
      defaultProps: { size: 'sm' },
      vars: (_, props) => ({ wrapper: { '--input-height': heightOf(props.size), '--input-fz': '13px' } }),
    }),
    InputWrapper: InputWrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      styles: {
        label: { fontSize: 13, fontWeight: 500, marginBottom: 4 },
        description: { fontSize: 12, marginTop: 4, color: 'var(--muted)' },
        error: { fontSize: 12, marginTop: 4, color: 'var(--danger)' },
      },
    }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' }, styles: { label: { fontSize: 13 } } }),
    Badge: Badge.extend({
      defaultProps: { variant: 'default', radius: 'sm' },
      styles: { root: { textTransform: 'none', fontWeight: 500 } },
    }),
    Menu: Menu.extend({
      defaultProps: {
        shadow: 'md',
        transitionProps: noMotion,
        position: 'bottom-start',
        withInitialFocusPlaceholder: false,
      },
      styles: { item: { fontSize: 13, padding: '6px 8px', minHeight: 30 }, label: { fontSize: 12 } },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', transitionProps: noMotion, position: 'bottom-start' } }),
    Modal: Modal.extend({
      // Its header is the dialog's, not a second banner of the page.
      defaultProps: {
        centered: true,
        transitionProps: noMotion,
        shadow: 'xl',
        attributes: { header: { role: 'presentation' } },
      },
      styles: { title: { fontSize: 16, fontWeight: 600 } },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, transitionProps: noMotion, events: { hover: true, focus: true, touch: false } },
      styles: { tooltip: { fontSize: 12 } },
    }),
  },
})

const shared = {
  '--mantine-color-body': 'var(--page)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-default': 'var(--page)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-primary-color-filled': 'var(--accent-fill)',
}

/** Mantine's own variables, pointed at our tokens, so that one file decides a colour. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared })
