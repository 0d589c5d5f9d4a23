-- What people share has the organisation's language unless somebody says otherwise; dates and numbers follow the reader's.
alter table organisation add constraint organisation_language check (language ~ '^[a-z]{2,3}(-[A-Z]{2})?$');
alter table person add constraint person_language check (language ~ '^[a-z]{2,3}(-[A-Z]{2})?$');
