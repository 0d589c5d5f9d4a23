import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { FRAME_QUEUE, READ_QUEUE, type ReadJob } from './documents.ts';
import { keepFrameOf } from './frame.ts';
import { drawPicturesOf, PICTURES_QUEUE } from './pictures.ts';
import { readFileOf } from './read-file.ts';

/** One file at a time a process: each has a parser process of its own. */
export function wireDocuments(db: Db): void {
	defineJob<ReadJob>(READ_QUEUE, (job) => readFileOf(db, job), { batch: 1, expireInSeconds: 3600 });
	defineJob<{ fileId: string }>(FRAME_QUEUE, (job) => keepFrameOf(db, job), { batch: 1, expireInSeconds: 3600 });
	defineJob<ReadJob>(PICTURES_QUEUE, (job) => drawPicturesOf(db, job), {
		batch: 1,
		retryLimit: 2,
		expireInSeconds: 3600
	});
}
