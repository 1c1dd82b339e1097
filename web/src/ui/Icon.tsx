/** Line icons on a 16 px grid, drawn in the colour of the text around them. Decoration: the word stands beside. */
const shapes = {
  orders: 'M3 2.5h10v11l-2-1.3-1.5 1.3L8 12.2 6.5 13.5 5 12.2l-2 1.3zM5.5 5.5h5M5.5 8.5h5',
  products: 'M8 1.8 13.5 4.8v6.4L8 14.2 2.5 11.2V4.8zM2.5 4.8 8 7.8l5.5-3M8 7.8v6.4',
  stock: 'M2 6 8 2.5 14 6v7.5H2zM5 13.5V8.5h6v5M5 11h6',
  suppliers:
    'M1.5 4h8v7.5h-8zM9.5 6.5h3l2 2.5v2.5h-5M4.5 13a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M11.5 13a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3',
  rules: 'M4 2.5v4.5a2 2 0 0 0 2 2h4a2 2 0 0 1 2 2v2.5M4 9.5v4M10 11.5l2 2 2-2M2.5 4 4 2.5 5.5 4',
  imports: 'M8 2v8M4.8 7 8 10.2 11.2 7M2.5 10.5v3h11v-3',
  exports: 'M8 10.5v-8M4.8 5.5 8 2.3l3.2 3.2M2.5 10.5v3h11v-3',
  settings:
    'M2.5 4.5h6M12 4.5h1.5M10.2 6.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6M2.5 11.5H4M8 11.5h5.5M5.8 13.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6',
  users:
    'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M1.5 13.5c.3-2.5 2-4 4.5-4s4.2 1.5 4.5 4M10.5 2.8a2.5 2.5 0 0 1 0 4.4M12.3 9.9c1.3.6 2 1.9 2.2 3.6',
  outbox: 'M1.5 3.5h13v9h-13zM1.5 4l6.5 5 6.5-5',
  queue: 'M2.5 3.5h11M2.5 8h11M2.5 12.5h7',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.3 10.3l3.2 3.2',
  check: 'M3 8.5 6.5 12 13 4.5',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  plus: 'M8 3v10M3 8h10',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  fold: 'M2.5 3h11v10h-11zM6 3v10',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  filter: 'M2 4h12M4.5 8h7M7 12h2',
  down: 'M4 6.5 8 10.5l4-4',
  up: 'M4 9.5 8 5.5l4 4',
  left: 'M9.5 4 5.5 8l4 4',
  right: 'M6.5 4l4 4-4 4',
  pause: 'M5.5 3v10M10.5 3v10',
  truck:
    'M1.5 4h8v7.5h-8zM9.5 6.5h3l2 2.5v2.5h-5M4.5 13a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M11.5 13a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3',
  print: 'M4.5 5.5v-3h7v3M4.5 11.5h-2v-6h11v6h-2M4.5 9.5h7v4h-7z',
  comment: 'M2 3h12v8H7.5L4.5 13.5V11H2z',
  tag: 'M2.5 2.5h5l6 6-5 5-6-6zM5.3 5.3h.01',
  person: 'M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M3 13.5c.3-2.5 2.2-4 5-4s4.7 1.5 5 4',
  globe: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M2 8h12M8 2c2.2 2 2.2 10 0 12M8 2c-2.2 2-2.2 10 0 12',
  keyboard: 'M1.5 4h13v8h-13zM4 6.5h.01M6.7 6.5h.01M9.3 6.5h.01M12 6.5h.01M5 9.5h6',
  signOut: 'M6.5 2.5h-4v11h4M10.5 5 13.5 8l-3 3M13.5 8h-7',
  warning: 'M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 11.8h.01',
  lock: 'M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  external: 'M6.5 3h-3.5v10h10V9.5M9.5 2.5h4v4M13.5 2.5 7.5 8.5',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 4.8V8l2.2 1.5',
} as const

export type IconName = keyof typeof shapes

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      <path d={shapes[name]} />
    </svg>
  )
}
