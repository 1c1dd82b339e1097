/** The customer portal: clients, their people, its address and its look. */
export {}
