-- A space goes with its FAQs and their sources at once: an entry that has just lost its source is checked again,
-- and its FAQ is gone by then. At the end of the transaction the entry is gone as well.
alter table faq_entry alter constraint faq_entry_faq_id_fkey deferrable initially deferred;
