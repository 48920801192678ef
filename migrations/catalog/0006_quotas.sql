-- How many ad requests and sessions a second a tenant may send; empty for as many as come.
ALTER TABLE tenants ADD COLUMN quota_rps INTEGER CHECK (quota_rps > 0);
