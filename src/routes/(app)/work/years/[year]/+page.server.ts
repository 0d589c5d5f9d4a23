import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newShare, year as yearInput } from '#src/work/input.ts';
import { myShares, shareYear, takeBack } from '#src/work/server/shares.ts';
import { myYears, readYear } from '#src/work/server/years.ts';

/** @throws Failure not_found for an address that names no year */
const yearOf = (text: string): number => {
	const asked = yearInput.safeParse(text);
	if (!asked.success) throw notFound();
	return asked.data;
};

export const load: PageServerLoad = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	const { db } = app();
	const asked = yearOf(params.year);
	const [year, shares, years] = await Promise.all([
		readYear(db, viewer, asked),
		myShares(db, viewer, asked),
		myYears(db, viewer)
	]);
	return { year, shares, years, language: viewer.language };
};

export const actions: Actions = {
	share: ({ request, locals, params }) =>
		act(request, async (values) => {
			const { email } = parse(newShare, values);
			await shareYear(app().db, requireViewer(locals.viewer), yearOf(params.year), email);
			redirect(303, `/work/years/${params.year}#copies`);
		}),
	takeBack: ({ request, locals, params }) =>
		act(request, async ({ item }) => {
			await takeBack(app().db, requireViewer(locals.viewer), parse(id, item));
			redirect(303, `/work/years/${params.year}#copies`);
		})
};
