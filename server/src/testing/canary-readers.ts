import type { Name } from './cast.ts'

/** Who keeps goods and reads what is said of them; customer service sees lines of orders alone. */
const goods: Name[] = ['A1', 'F1', 'W1', '$1', 'V1', 'Ka']
const counters: Name[] = ['A1', 'F1', 'W1', 'Ka']
const staff: Name[] = [...goods, 'C1', 'C1s']
/** Whoever writes to clients, or may ask in the place of one. */
const talkers: Name[] = ['A1', 'F1', 'C1', 'C1s', 'W1', '$1', 'Ka']

/** Who may read what is planted here, in plain words; nobody of the other account. */
export const readersOfGoods = {
  goodsOfP1: [...goods, 'P1'],
  goodsOfP2: [...goods, 'P2'],
  /** Of the house, or of a client in a warehouse that is not granted to him. */
  goodsOfHouse: goods,
  cost: ['A1', 'F1', '$1', 'Ka'],
  counted: counters,
  /** Where a client sends to. */
  address: [...goods, 'P1', 'P2'],
  warehouse: staff,
  /** A client reads the company's name in the place of its people. */
  person: staff,
  saidByP1: [...staff, 'P1'],
  heldByHouse: staff,
  commentToP1: [...talkers, 'P1'],
  commentOfHouse: talkers,
  colleague: ['A1', 'P1'],
  portalUser: ['A1'],
  clientMail: goods,
  assist: ['A1', 'F1', 'P1'],
  fileOfP1: ['P1'],
  rule: ['A1', 'F1', 'V1', 'Ka'],
  key: ['A1'],
  goodsOfTwo: ['A2'],
} as const satisfies Record<string, readonly Name[]>
export type GoodsKind = keyof typeof readersOfGoods
