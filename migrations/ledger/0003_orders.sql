-- What is settled of the budget of an order. It stays with the order that it was settled in,
-- whatever becomes of the campaign.
CREATE TABLE spent_orders (
    order_id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    impressions INTEGER NOT NULL,
    spend_nanos INTEGER NOT NULL
) STRICT;

-- The same by day of the tenant.
CREATE TABLE spent_order_days (
    order_id INTEGER NOT NULL,
    day_start INTEGER NOT NULL,
    day_end INTEGER NOT NULL,
    tenant_id INTEGER NOT NULL,
    spend_nanos INTEGER NOT NULL,
    PRIMARY KEY (order_id, day_start, day_end)
) STRICT, WITHOUT ROWID;
CREATE INDEX spent_order_days_by_end ON spent_order_days (day_end);
