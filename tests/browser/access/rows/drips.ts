import { forAll, members, onItem, settlers, signedIn, type Row, type Rows } from '../row.ts';
import type { Role, World } from '../world.ts';

/** The series is written by the asker; the stewards of the space may help. */
const writers = settlers;
const words = { title: 'The till', about: '', version: '1' };
const tip = { kind: 'tip', title: 'Tip 1', body: 'Say one.' };
const of = (may: readonly Role[], item: (world: World) => string, more = {}): Row => ({
	may,
	body: (world) => ({ item: item(world), ...more })
});
const at = (may: readonly Role[], path: (world: World) => string, body?: Row['body']): Row => ({ may, path, body });
const theTip = ({ shared }: World) => shared.tips;
const onTip = (rest = '', body?: Row['body']) =>
	at(writers, ({ shared }) => `/api/v1/drips/${shared.drips}/tips/${shared.tips}${rest}`, body);
const onAuthor = at(writers, ({ shared, colleague }) => `/api/v1/drips/${shared.drips}/authors/${colleague}`);
const theDrip = ({ shared }: World) => shared.drips;
const follow = (may: readonly Role[], rest = '', body?: Row['body']) =>
	at(may, ({ shared }) => `/api/v1/me/tips/${shared.drips}${rest}`, body);
const noChat = { address: 'https://chat.example/hooks/none' };
const begun = ({ spaceId }: World) => ({ title: 'The till', spaceId });

/** Series of tips: written by their authors, read by those who read the space. */
export const drips: Rows = {
	...forAll(signedIn, 'GET /drips', 'GET /drips/new', 'GET /api/v1/drips', 'GET /api/v1/me/drips'),
	'POST /drips/new': { may: members, body: begun },
	'POST /api/v1/drips': { may: members, body: begun },
	...forAll(members, 'GET /drips/[id]', 'GET /api/v1/drips/{id}'),
	'GET /drips/[id]/tips/[tip]': at(members, ({ shared }) => `/drips/${shared.drips}/tips/${shared.tips}`),
	'GET /api/v1/drips/{id}/tips/{tip}': at(members, ({ shared }) => `/api/v1/drips/${shared.drips}/tips/${shared.tips}`),
	...forAll(signedIn, 'GET /api/v1/me/tips', 'GET /api/v1/me/tips-chat'),
	'POST /drips/[id]?/come': of(members, theDrip, { rhythm: 'daily' }),
	'PUT /api/v1/me/tips/{id}': follow(members, '', () => ({ rhythm: 'daily' })),
	// A wish of one’s own may end even when the series is out of sight.
	'POST /drips/[id]?/stop': of(signedIn, theDrip),
	'POST /drips?/stop': of(signedIn, theDrip),
	'DELETE /api/v1/me/tips/{id}': follow(signedIn),
	// Nobody of the world follows the series; who may is tried beside the commands.
	'POST /drips/[id]?/pause': of([], theDrip, { days: '14' }),
	'POST /drips?/pause': of([], theDrip, { days: '14' }),
	'PUT /api/v1/me/tips/{id}/pause': follow([], '/pause', () => ({ days: 14 })),
	'POST /drips/[id]?/pace': of([], theDrip, { pace: 'slower' }),
	'PUT /api/v1/me/tips/{id}/pace': follow([], '/pace', () => ({ pace: 'slower' })),
	'POST /drips/[id]/tips/[tip]?/know': at(members, ({ shared }) => `/drips/${shared.drips}/tips/${shared.tips}?/know`),
	'PUT /api/v1/drips/{id}/tips/{tip}/known': at(
		members,
		({ shared }) => `/api/v1/drips/${shared.drips}/tips/${shared.tips}/known`
	),
	// Who may is told that no chat answers there.
	'POST /drips?/chat': { may: signedIn, body: () => noChat },
	'PUT /api/v1/me/tips-chat': { may: signedIn, body: () => noChat },
	'POST /drips?/removeChat': { may: signedIn },
	'DELETE /api/v1/me/tips-chat': { may: signedIn },
	...onItem('/drips/[id]', ({ shared }) => shared.drips),
	...forAll(writers, 'GET /drips/[id]/edit', 'GET /api/v1/drips/{id}/draft', 'DELETE /api/v1/drips/{id}'),
	'POST /drips/[id]/edit?/words': { may: writers, body: () => words },
	'PUT /api/v1/drips/{id}': { may: writers, body: () => ({ ...words, version: 1 }) },
	'POST /drips/[id]/edit?/add': { may: writers, body: () => tip },
	'POST /api/v1/drips/{id}/tips': { may: writers, body: () => tip },
	'POST /drips/[id]/edit?/write': of(writers, theTip, { ...tip, version: '1' }),
	'PUT /api/v1/drips/{id}/tips/{tip}': onTip('', () => ({ ...tip, version: 1 })),
	'POST /drips/[id]/edit?/place': of(writers, theTip, { to: '2' }),
	'PUT /api/v1/drips/{id}/tips/{tip}/place': onTip('/place', () => ({ to: 2 })),
	'POST /drips/[id]/edit?/takeOut': of(writers, theTip),
	'DELETE /api/v1/drips/{id}/tips/{tip}': onTip(),
	'POST /drips/[id]/edit?/addAuthor': { may: writers, body: ({ colleague }) => ({ person: colleague }) },
	'PUT /api/v1/drips/{id}/authors/{person}': onAuthor,
	'POST /drips/[id]/edit?/removeAuthor': of(writers, ({ colleague }) => colleague),
	'DELETE /api/v1/drips/{id}/authors/{person}': onAuthor,
	'POST /drips/[id]/edit?/publish': { may: writers },
	'PUT /api/v1/drips/{id}/publication': { may: writers },
	'POST /drips/[id]/edit?/discard': { may: writers }
};
