import { settlers, type Rows } from '../row.ts';
import type { World } from '../world.ts';

const at =
	(end: string) =>
	({ bank }: World) =>
		`${end.startsWith('api') ? '/api/v1/' : '/'}banks/${bank}/${end.replace('api ', '')}`;

/** Questions on their way in and out: for those who write the bank, since it holds the answers. */
export const carry: Rows = {
	'GET /banks/[id]/import': { may: settlers, path: at('import') },
	'POST /banks/[id]/import': { may: settlers, path: at('import') },
	'GET /banks/[id]/export': { may: settlers, path: at('export?format=csv') },
	'POST /api/v1/banks/{id}/imports': { may: settlers, path: at('api imports') },
	'GET /api/v1/banks/{id}/imports': { may: settlers, path: at('api imports') },
	'GET /api/v1/banks/{id}/export': { may: settlers, path: at('api export?format=csv') }
};
