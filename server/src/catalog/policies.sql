-- Products by whose they are: the house sees those of all, or of the clients of a grant; a client his own. Customer service
-- sees what stands on a line, a supplier what stands on his.

call app.allow('staff', 'catalog.products', 'select', 'products:read', 'owner');
call app.allow('staff', 'catalog.products', 'insert,update', 'products:edit', 'owner');
call app.allow('staff', 'catalog.product_prices', 'select', 'products:prices', 'owner');
call app.allow('staff', 'catalog.product_prices', 'insert,update,delete', 'products:edit', 'owner');
call app.allow('staff', 'catalog.product_costs', 'select', 'products:costs', 'owner');
call app.allow('staff', 'catalog.product_costs', 'insert,update,delete', 'products:edit', 'owner');
call app.allow('staff', 'catalog.product_tags', 'select', 'products:read', 'owner');
call app.allow('staff', 'catalog.product_tags', 'insert,delete', 'products:edit', 'owner');
call app.allow('staff', 'catalog.product_barcodes', 'select', 'products:read', 'owner');
call app.allow('staff', 'catalog.product_barcodes', 'insert,update,delete', 'products:edit', 'owner');

call app.allow('client', 'catalog.products', 'select', 'products:read', 'owner');
call app.allow('client', 'catalog.product_barcodes', 'select', 'products:read', 'owner');
