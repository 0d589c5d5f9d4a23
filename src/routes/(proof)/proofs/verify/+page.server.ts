import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { proofText } from '#src/checks/proofs/input.ts';
import { checkProof } from '#src/checks/proofs/server/verify.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { parse } from '#src/platform/server/parse.ts';

const MOST = 60_000;

export const load: PageServerLoad = ({ locals }) => ({ language: locals.viewer?.language ?? 'en' });

export const actions: Actions = {
	default: async ({ request, url }) => {
		const file = (await request.clone().formData()).get('_file');
		return act(request, async (values) => {
			const given = file instanceof File && file.size > 0 ? await textOf(file) : values.text;
			const { text } = parse(proofText, { text: given });
			return { verdict: await checkProof(app().db, text, url.origin) };
		});
	}
};

async function textOf(file: File): Promise<string> {
	if (file.size > MOST) throw invalid({ text: 'is too large to be a proof' });
	return new TextDecoder().decode(await file.arrayBuffer()).trim();
}
