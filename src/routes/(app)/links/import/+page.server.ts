import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { readBookmarks } from '#src/import/bookmarks/formats.ts';
import { cleanLine } from '#src/core/import/clean.ts';
import { reportLines } from '#src/core/import/report.ts';
import { bringLinks } from '#src/library/links/server/bring.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { parse } from '#src/platform/server/parse.ts';

const MOST_BYTES = 10 * 1024 * 1024;
const asked = z.strictObject({ spaceId: id });

export const load: PageServerLoad = async ({ locals }) => ({
	spaces: await spacesToWriteIn(app().db, requireViewer(locals.viewer))
});

export const actions: Actions = {
	default: ({ request, locals }) => {
		const whole = request.clone();
		return act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const { spaceId } = parse(asked, values);
			const file = (await whole.formData()).get('file');
			if (!(file instanceof File) || file.size === 0) throw invalid({ file: 'is needed' });
			if (file.size > MOST_BYTES) throw invalid({ file: 'may have 10 MB at most' });
			const brought = readBookmarks(new Uint8Array(await file.arrayBuffer()));
			if (!brought)
				throw invalid({ file: 'must be bookmarks of a browser, or an export of Karakeep, Linkwarden or Pocket' });
			const counts = await bringLinks(app().db, viewer, spaceId, brought.format, brought.links);
			return {
				lines: reportLines(cleanLine(file.name, 100), { ...brought.report, ...counts }),
				written: counts.written
			};
		});
	}
};
