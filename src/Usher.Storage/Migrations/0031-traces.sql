-- Which span an effect follows from, as W3C's trace context writes it: so it stays in the trace of its click, also after a restart. Null when nobody traced.
alter table effects add column trace text;
