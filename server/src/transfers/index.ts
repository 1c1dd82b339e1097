/** Goods on their way into a warehouse: from a client, a warehouse or a supplier. */
export {}
