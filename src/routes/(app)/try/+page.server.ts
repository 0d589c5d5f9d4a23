import { redirect } from '@sveltejs/kit';
import { act } from '#src/app/server/http.ts';
import { invalid } from '#src/platform/server/errors.ts';
export const actions = {
	default: ({ request }: { request: Request }) => act(request, async (values) => {
		if (values.title === 'bad') throw invalid({ title: 'no' });
		redirect(303, '/try?sent=' + encodeURIComponent(values.bodyMd ?? ''));
	})
};
