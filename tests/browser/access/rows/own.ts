import { newId } from '#src/platform/server/ids.ts';
import { everybody, forAll, signedIn, type Rows } from '../row.ts';

/** A browser as it tells of itself; nothing is sent there. */
const aDevice = () => ({
	...{ endpoint: `https://push.example/${newId()}`, name: 'Phone', auth: 'BTBZMqHH6r4Tts7J_aSIgg' },
	p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'
});

/** What is one's own, and what is open to everybody. */
export const own: Rows = {
	...forAll(
		signedIn,
		'GET /',
		'GET /notifications',
		'GET /settings/drafts',
		'GET /settings/export',
		'GET /settings/leave',
		'GET /settings/notifications',
		'GET /settings/profile',
		'GET /settings',
		'GET /settings/security',
		'GET /settings/security/two-factor',
		'GET /settings/tokens',
		'GET /search',
		'GET /search/suggest'
	),
	...forAll(
		signedIn,
		'POST /settings/security?/email',
		'POST /settings/security?/password',
		'POST /settings/security?/endSession',
		'POST /settings/security?/endOthers',
		'POST /settings/security?/renamePasskey',
		'POST /settings/security?/removePasskey',
		'POST /settings/security/two-factor?/confirm',
		'POST /settings/security/two-factor?/renew',
		'POST /settings/security/two-factor?/remove',
		'POST /settings/tokens?/create',
		'POST /settings/tokens?/end'
	),
	...forAll(everybody, 'GET /welcome', 'GET /design', 'GET /developers'),

	'POST /welcome': { may: everybody },
	'POST /theme': { may: everybody, body: () => ({ theme: 'dark' }) },

	'POST /settings/drafts?/discard': { may: signedIn, body: () => ({ key: 'question' }) },
	'GET /settings/export/download': { may: signedIn },
	'GET /drafts/[key]': { may: signedIn },
	'PUT /drafts/[key]': { may: signedIn, body: () => ({ content: {} }) },
	'DELETE /drafts/[key]': { may: signedIn },
	'POST /files': { may: signedIn },
	// Without the protocol's headers nothing happens; the uploads' own tests hold that each is its owner's alone.
	'POST /files/uploads': { may: signedIn },
	'PATCH /files/uploads/[id]': { may: signedIn },
	'DELETE /files/uploads/[id]': { may: signedIn },
	// Nothing is stored under this id: the files' own tests hold who may read one.
	'GET /files/[id]/[name]': { may: [], path: () => `/files/${newId()}/a.png` },
	'GET /suggest/people': { may: signedIn },
	'GET /suggest/tags': { may: signedIn },

	'POST /notifications?/read': { may: signedIn },
	'POST /notifications?/unread': { may: signedIn },
	'POST /notifications?/mute': { may: signedIn },
	'POST /notifications?/unmute': { may: signedIn },
	'POST /notifications?/less': { may: signedIn },
	'POST /notifications?/off': { may: signedIn },
	'GET /notifications/recent': { may: signedIn },
	'GET /notifications/stream': { may: signedIn },
	...forAll(signedIn, 'POST /settings/leave?/take', 'GET /api/v1/me/leaves', 'POST /api/v1/me/leaves'),
	// Nobody has this one; that each is its owner’s alone is tried beside the command.
	'POST /settings/leave?/end': { may: [], body: () => ({ item: newId() }) },
	'DELETE /api/v1/me/leaves/{id}': { may: [], path: () => `/api/v1/me/leaves/${newId()}` },
	'POST /settings/notifications?/save': { may: signedIn },
	'POST /settings/notifications?/pause': { may: signedIn },
	'POST /settings/notifications?/unmute': { may: signedIn },
	'POST /settings/notifications?/resume': { may: signedIn },
	...forAll(signedIn, 'GET /api/v1/me/mail-stop', 'DELETE /api/v1/me/mail-stop'),
	'POST /settings/notifications?/device': { may: signedIn, body: aDevice },
	// Nobody has this one; that each is its owner’s alone is tried beside the command.
	'POST /settings/notifications?/snoozeDevice': { may: [], body: () => ({ id: newId(), for: 'week' }) },
	'POST /settings/notifications?/removeDevice': { may: [], body: () => ({ id: newId() }) },
	'GET /api/v1/me/push-devices': { may: signedIn },
	'POST /api/v1/me/push-devices': { may: signedIn, body: aDevice },
	'PUT /api/v1/me/push-devices/{id}/snooze': {
		...{ may: [], body: () => ({ for: 'week' }), path: () => `/api/v1/me/push-devices/${newId()}/snooze` }
	},
	'DELETE /api/v1/me/push-devices/{id}': { may: [], path: () => `/api/v1/me/push-devices/${newId()}` },
	'POST /settings/security/passkey': { may: signedIn },
	'POST /settings/profile?/save': { may: signedIn },
	'POST /settings/profile?/photo': { may: signedIn },
	'POST /settings/profile?/removePhoto': { may: signedIn },

	'GET /healthz': { may: everybody },
	'GET /readyz': { may: everybody },
	// From this machine; from elsewhere with its token only.
	'GET /metrics': { may: everybody },
	'GET /api/v1/openapi.json': { may: everybody }
};
