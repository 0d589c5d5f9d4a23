-- Values are pulled from MySQL and MariaDB as well.

alter table metric_source drop constraint metric_source_kind_check;
alter table metric_source add constraint metric_source_kind_check check (kind in ('webhook', 'http', 'postgres', 'mysql'));
