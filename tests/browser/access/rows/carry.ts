import { members, settlers, signedIn, type Rows } from '../row.ts';
import type { World } from '../world.ts';

const at =
	(end: string) =>
	({ bank }: World) =>
		`${end.startsWith('api') ? '/api/v1/' : '/'}banks/${bank}/${end.replace('api ', '')}`;

/** Questions on their way in and out: for those who write the bank, since it holds the answers. */
export const carry: Rows = {
	'GET /checks/new/package': { may: signedIn },
	// A package brings what members may write one by one; the file must be one's own.
	'POST /checks/new/package': { may: members, body: ({ spaceId, file }) => ({ spaceId, fileId: file }) },
	'GET /banks/[id]/import': { may: settlers, path: at('import') },
	'POST /banks/[id]/import': { may: settlers, path: at('import') },
	'GET /banks/[id]/export': { may: settlers, path: at('export?format=csv') },
	'POST /api/v1/banks/{id}/imports': { may: settlers, path: at('api imports') },
	'GET /api/v1/banks/{id}/imports': { may: settlers, path: at('api imports') },
	'GET /api/v1/banks/{id}/export': { may: settlers, path: at('api export?format=csv') }
};
