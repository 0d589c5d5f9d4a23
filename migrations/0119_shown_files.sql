-- What somebody shows in an attempt: asked for whenever a file is read, and by the sweep of what nothing uses.
create index attempt_question_file on attempt_question ((answer ->> 'fileId')) where answer ->> 'fileId' is not null;
