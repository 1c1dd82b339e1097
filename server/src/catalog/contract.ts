import {
  byId,
  Closed,
  contract,
  forHouse,
  Id,
  Nullable,
  onlyFor,
  Page,
  pageQuery,
  Text,
  Type,
} from '#kernel/endpoint.ts'

/** An amount for one unit, in millionths of the major unit of its currency. */
const UnitAmount = Closed({
  micros: Type.Integer({ minimum: 0, maximum: 9_000_000_000_000_000 }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
})
const Tag = Text(1, 200)

const Barcode = Closed({
  code: Text(1, 100),
  /** How many eaches are under it: 1, or those of an inner pack or a carton. */
  quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
})

const Product = Type.Object({
  id: Id,
  sku: Type.String(),
  name: Type.String(),
  description: Type.String(),
  /** What it is scanned by, the smallest quantity first. */
  barcodes: Type.Array(Barcode),
  weightGrams: Nullable(Type.Integer()),
  /** The house weighed it; else it is what its owner says. */
  weighed: Type.Boolean(),
  discontinued: Type.Boolean(),
  archived: Type.Boolean(),
  tags: Type.Array(Type.String()),
  version: Type.Integer(),
  /** The client whose goods they are; null: the house's own. */
  clientId: Nullable(Id),
  /** Absent for roles that may not see it; null where none is known. */
  price: onlyFor('products:prices', Type.Optional(Nullable(UnitAmount))),
  cost: onlyFor('products:costs', Type.Optional(Nullable(UnitAmount))),
})

/** What a form may say of a product; what is left out stays. */
const fields = {
  description: Type.Optional(Text(0, 5000)),
  /** All of them, from now on. */
  barcodes: Type.Optional(Type.Array(Barcode, { maxItems: 50 })),
  /** As measured by the house. */
  weightGrams: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 100_000_000 }))),
  discontinued: Type.Optional(Type.Boolean()),
  price: Type.Optional(Nullable(UnitAmount)),
  cost: Type.Optional(Nullable(UnitAmount)),
  tags: Type.Optional(Type.Array(Tag, { maxItems: 100 })),
}

export const catalogContract = contract({
  listProducts: {
    method: 'GET',
    path: '/products',
    allow: 'products:read',
    summary: 'Products by SKU',
    query: Closed({
      ...pageQuery,
      /** A part of SKU or name. */
      q: Type.Optional(Text(0, 200)),
      tag: forHouse(Type.Optional(Tag)),
      archived: Type.Optional(Type.Boolean()),
      /** Of this client alone. */
      clientId: Type.Optional(Id),
    }),
    response: Page(Product),
  },
  getProduct: {
    method: 'GET',
    path: '/products/:id',
    allow: 'products:read',
    summary: 'One product',
    params: byId,
    response: Product,
  },
  listProductTags: {
    method: 'GET',
    path: '/products/tags',
    allow: 'products:read',
    summary: 'Tags of products, and how many products carry each',
    response: Type.Object({ items: Type.Array(Type.Object({ tag: Type.String(), products: Type.Integer() })) }),
  },
  lookUpCode: {
    method: 'GET',
    path: '/products/by-code',
    allow: 'products:read',
    summary: 'What was scanned: the products with this barcode, or with this SKU, and how many eaches it stands for',
    query: Closed({ code: Text(1, 100), clientId: forHouse(Type.Optional(Id)) }),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          productId: Id,
          sku: Type.String(),
          name: Type.String(),
          clientId: Nullable(Id),
          quantity: Type.Integer(),
        }),
      ),
    }),
  },
  createProduct: {
    method: 'POST',
    path: '/products',
    allow: 'products:edit',
    summary: 'Create a product',
    /** Without a client it is the house's own. */
    body: Closed({ sku: Text(1, 100), name: Text(1, 300), clientId: Type.Optional(Id), ...fields }),
    response: Product,
    status: 201,
    refuses: ['already_exists'],
  },
  changeProduct: {
    method: 'PATCH',
    path: '/products/:id',
    allow: 'products:edit',
    summary: 'Change a product, or archive it',
    params: byId,
    ifMatch: true,
    body: Closed({
      name: Type.Optional(Text(1, 300)),
      ...fields,
      archived: Type.Optional(Type.Boolean()),
    }),
    response: Product,
    refuses: ['already_exists'],
  },
  tagProducts: {
    method: 'POST',
    path: '/products/tags',
    allow: 'products:edit',
    summary: 'Add tags to products and remove tags from them',
    body: Closed({
      productIds: Type.Array(Id, { minItems: 1, maxItems: 1000, uniqueItems: true }),
      add: Type.Optional(Type.Array(Tag, { maxItems: 50 })),
      remove: Type.Optional(Type.Array(Tag, { maxItems: 50 })),
    }),
    response: Type.Object({ changed: Type.Integer() }),
  },
})
