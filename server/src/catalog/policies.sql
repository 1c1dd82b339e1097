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
-- What his own file brings: his goods, and of them what is his to say.
call app.allow('client', 'catalog.products', 'insert', 'products:import', 'owner',
               'account_id, id, owner_party_id, sku, name, description, discontinued, weight_grams');
call app.allow('client', 'catalog.products', 'update', 'products:import', 'owner', 'name, description, discontinued, weight_grams, version');
call app.allow('client', 'catalog.product_barcodes', 'insert', 'products:import', 'owner');
call app.allow('client', 'catalog.product_barcodes', 'update', 'products:import', 'owner', 'quantity');
