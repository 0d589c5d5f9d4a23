import { readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { endpoints } from './api.ts';

/** What a token must never be enough for: how its person signs in, and what a browser keeps for itself. */
const withoutApi: Record<string, string> = {
	'/welcome': 'founds the organisation before anybody could have a token',
	'/sign-in?/password': 'a step of signing in',
	'/sign-in?/link': 'a step of signing in',
	'/sign-in/code': 'a step of signing in',
	'/sign-in/link/[token]': 'a step of signing in',
	'/sign-out': "ends this browser's session",
	'/sign-up': 'a step of joining, before there is an account',
	'/sign-up/[token]': 'a step of joining, before there is an account',
	'/join/[token]?/join': 'a step of joining, before there is an account',
	'/forgot': 'a step of signing in',
	'/forgot/[token]': 'a step of signing in',
	'/confirm-email/[token]': 'proves that a mail arrived: opened from it',
	'/aids/new/[type]?/rows': 'changes the form alone, and saves nothing',
	'/aids/[id]/edit?/rows': 'changes the form alone, and saves nothing',
	'/surveys/new?/rows': 'changes the form alone, and saves nothing',
	'/surveys/[id]/edit?/rows': 'changes the form alone, and saves nothing',
	'/s/[token]?/send': 'answers without an account, by a link',
	'/s/[token]?/keep': 'answers without an account, by a link',
	'/checks/new?/rows': 'changes the form alone, and saves nothing',
	'/checks/[id]/edit?/rows': 'changes the form alone, and saves nothing',
	'/banks/[id]/questions/new?/rows': 'changes the form alone, and saves nothing',
	'/banks/[id]/questions/[question]?/rows': 'changes the form alone, and saves nothing',
	'/links/import': "takes another program's export of bookmarks, as the command line does",
	'/settings/security?/password': 'how one signs in',
	'/settings/security?/email': 'how one signs in',
	'/settings/security?/renamePasskey': 'how one signs in',
	'/settings/security?/removePasskey': 'how one signs in',
	'/settings/security/two-factor?/confirm': 'how one signs in',
	'/settings/security/two-factor?/renew': 'how one signs in',
	'/settings/security/two-factor?/remove': 'how one signs in'
};

/** What the forms of a page that shows an item can do. */
const ofItems: Record<string, string> = {
	helped: 'PUT /items/{id}/helped',
	takeBackHelped: 'DELETE /items/{id}/helped',
	keep: 'PUT /items/{id}/kept',
	unkeep: 'DELETE /items/{id}/kept',
	follow: 'PUT /me/follows/{kind}/{target}',
	unfollow: 'DELETE /me/follows/{kind}/{target}',
	flag: 'PUT /items/{id}/outdated',
	settle: 'POST /items/{id}/settlement',
	archive: 'PUT /items/{id}/archive',
	restore: 'DELETE /items/{id}/archive',
	close: 'PUT /items/{id}/outcome',
	reopen: 'DELETE /items/{id}/outcome',
	comment: 'POST /items/{id}/comments',
	removeComment: 'DELETE /comments/{id}'
};

const on = (route: string, actions: Record<string, string>) =>
	Object.fromEntries(Object.entries(actions).map(([name, operation]) => [`${route}?/${name}`, operation]));

/** Of a space and of an area alike. */
const planForms = {
	purpose: 'PUT /community-plans/{kind}/{id}',
	add: 'POST /community-plans/{kind}/{id}/aims',
	change: 'PUT /aims/{id}',
	remove: 'DELETE /aims/{id}',
	review: 'POST /aims/{id}/reviews',
	quiet: 'PUT /aims/{id}/quiet'
};

/** The operation of the API that does what the form does, where it has a name of its own. */
const counterparts: Record<string, string> = {
	...on('/questions/[id]', {
		answer: 'POST /questions/{id}/answers',
		commentOnQuestion: 'POST /questions/{id}/comments',
		askPerson: 'POST /questions/{id}/people-asked',
		accept: 'PUT /answers/{id}/acceptance',
		takeBackAcceptance: 'DELETE /questions/{id}/acceptance',
		askForMore: 'POST /questions/{id}/information-requests',
		markDuplicate: 'PUT /questions/{id}/duplicate-of',
		unmarkDuplicate: 'DELETE /questions/{id}/duplicate-of'
	}),
	'/checks/[id]?/signOff': 'PUT /checks/{id}/sign-off',
	'/checks/new?/save': 'POST /checks',
	'/checks/new/package': 'POST /spaces/{id}/imports',
	'/checks/[id]/edit?/save': 'PUT /checks/{id}',
	'/banks/[id]/questions/new?/save': 'POST /banks/{id}/questions',
	'/banks/[id]/questions/[question]?/save': 'PUT /banks/{id}/questions/{question}',
	...on('/banks/[id]', {
		addObjective: 'POST /banks/{id}/objectives',
		renameObjective: 'PUT /banks/{id}/objectives/{objective}',
		moveObjective: 'POST /banks/{id}/objectives/{objective}/move',
		removeObjective: 'DELETE /banks/{id}/objectives/{objective}',
		state: 'PUT /banks/{id}/questions/{question}/state'
	}),
	'/aids/new/[type]?/save': 'POST /aids',
	'/aids/[id]/edit?/save': 'PUT /aids/{id}',
	...on('/aids/[id]', {
		verify: 'PUT /aids/{id}/verification',
		handOver: 'PUT /aids/{id}/owner',
		retire: 'PUT /aids/{id}/retirement',
		revive: 'DELETE /aids/{id}/retirement',
		stuck: 'POST /aids/{id}/stuck'
	}),
	...on('/aids/[id]/run', { done: 'PUT /aids/{id}/runs/{run}', stuck: 'POST /aids/{id}/stuck' }),
	...on('/requests/[id]', {
		show: 'POST /requests/{id}/shown',
		showNoMore: 'DELETE /requests/{id}/shown/{item}',
		thank: 'PUT /requests/{id}/thanks',
		takeBackThanks: 'DELETE /requests/{id}/thanks'
	}),
	'/faqs/add': 'POST /faqs/{id}/entries',
	...on('/faqs/[id]', {
		add: 'POST /faqs/{id}/entries',
		change: 'PUT /faqs/{id}/entries/{entry}',
		settle: 'PUT /faqs/{id}/entries/{entry}/source',
		move: 'PUT /faqs/{id}/entries/{entry}/place',
		takeOut: 'DELETE /faqs/{id}/entries/{entry}'
	}),
	'/collections/add': 'POST /collections/{id}/entries',
	...on('/collections/[id]', {
		add: 'POST /collections/{id}/entries',
		change: 'PUT /collections/{id}/entries/{item}',
		take: 'DELETE /collections/{id}/entries/{item}'
	}),
	...on('/links/[id]', {
		check: 'PUT /links/{id}/check',
		withdraw: 'DELETE /links/{id}/check',
		look: 'POST /links/{id}/looks'
	}),
	'/attempts/[id]?/save': 'PUT /attempts/{id}/answers',
	'/attempts/[id]?/submit': 'POST /attempts/{id}/submission',
	'/attempts/[id]/review': 'POST /attempts/{id}/review',
	'/banks/[id]/import': 'POST /banks/{id}/imports',
	'/spaces/[slug]/import': 'POST /spaces/{id}/imports',
	...on('/autonomy', { off: 'DELETE /me/reached/{name}' }),
	...on('/autonomy/pulse', {
		answer: 'PUT /me/autonomy-pulse',
		rest: 'PUT /me/autonomy-pulse/rest',
		hush: 'PUT /me/autonomy-pulse/rest'
	}),
	...on('/work', {
		goal: 'POST /work/goals',
		note: 'POST /work/notes',
		answer: 'PUT /work/prompts/{id}/answer',
		putAway: 'DELETE /work/prompts/{id}'
	}),
	...on('/work/prompts', { pace: 'PUT /work/pace', connect: 'POST /work/hooks', end: 'DELETE /work/hooks/{id}' }),
	...on('/work/goals/[id]', {
		change: 'PUT /work/goals/{id}',
		turn: 'PUT /work/goals/{id}/state',
		note: 'POST /work/notes',
		remove: 'DELETE /work/goals/{id}'
	}),
	...on('/work/notes/[id]', { change: 'PUT /work/notes/{id}', remove: 'DELETE /work/notes/{id}' }),
	...on('/work/years/[year]', { share: 'POST /work/years/{year}/shares', takeBack: 'DELETE /work/shares/{id}' }),
	'/work/copies/[id]': 'DELETE /work/shares/{id}',
	'/feeds/add': 'POST /feeds',
	'/feeds/entries/[id]?/mark': 'PUT /me/entries-read',
	'/feeds/entries/[id]?/whole': 'POST /entries/{id}/whole-text',
	'/feeds/entries/[id]?/apart': 'PUT /entries/{id}/apart',
	'/feeds/entries/[id]?/together': 'DELETE /entries/{id}/apart',
	...on('/feeds', {
		mark: 'PUT /me/entries-read',
		markAll: 'PUT /me/entries-read/all',
		undo: 'DELETE /me/entries-read/{batch}'
	}),
	...on('/feeds/rules', {
		make: 'POST /feeds/rules',
		edit: 'PUT /feeds/rules/{id}',
		remove: 'DELETE /feeds/rules/{id}',
		off: 'PUT /feeds/rules/{id}/off',
		on: 'DELETE /feeds/rules/{id}/off'
	}),
	...on('/feeds/mine', {
		edit: 'PUT /feeds/{id}',
		remove: 'DELETE /feeds/{id}',
		mute: 'PUT /feeds/{id}/mute',
		unmute: 'DELETE /feeds/{id}/mute',
		bring: 'POST /feeds/opml'
	}),
	...on('/kept', {
		edit: 'PUT /me/kept/{id}',
		remove: 'DELETE /me/kept/{id}',
		restore: 'PUT /me/kept/{id}/restoration'
	}),
	'/kept/new': 'POST /me/kept',
	'/settings/keeping?/count': 'PUT /me/kept-count',
	...on('/kept/[id]', {
		edit: 'PUT /me/kept/{id}',
		remove: 'DELETE /me/kept/{id}',
		highlight: 'POST /me/kept/{id}/highlights',
		noteHighlight: 'PUT /me/highlights/{id}',
		removeHighlight: 'DELETE /me/highlights/{id}'
	}),
	'/kept/[id]/share': 'POST /me/kept/{id}/shares',
	'/feeds?/keep': 'PUT /entries/{id}/kept',
	'/feeds/entries/[id]?/keep': 'PUT /entries/{id}/kept',
	'/lists/collect': 'POST /finds',
	...on('/lists', {
		snooze: 'PUT /me/list-subscriptions/{shelf}/snooze',
		unsubscribe: 'DELETE /me/list-subscriptions/{shelf}'
	}),
	...on('/lists/found', { find: 'PUT /finds/{id}', remove: 'DELETE /finds/{id}', begin: 'POST /lists' }),
	...on('/lists/[id]', {
		answer: 'PUT /lists/{id}/change',
		subscribe: 'PUT /me/list-subscriptions/{shelf}',
		unsubscribe: 'DELETE /me/list-subscriptions/{shelf}'
	}),
	'/drips/new': 'POST /drips',
	...on('/drips', {
		pause: 'PUT /me/tips/{id}/pause',
		stop: 'DELETE /me/tips/{id}',
		chat: 'PUT /me/tips-chat',
		removeChat: 'DELETE /me/tips-chat'
	}),
	...on('/drips/[id]', {
		come: 'PUT /me/tips/{id}',
		stop: 'DELETE /me/tips/{id}',
		pause: 'PUT /me/tips/{id}/pause',
		pace: 'PUT /me/tips/{id}/pace'
	}),
	'/drips/[id]/tips/[tip]?/know': 'PUT /drips/{id}/tips/{tip}/known',
	...on('/drips/[id]/edit', {
		words: 'PUT /drips/{id}',
		add: 'POST /drips/{id}/tips',
		write: 'PUT /drips/{id}/tips/{tip}',
		place: 'PUT /drips/{id}/tips/{tip}/place',
		takeOut: 'DELETE /drips/{id}/tips/{tip}',
		addAuthor: 'PUT /drips/{id}/authors/{person}',
		removeAuthor: 'DELETE /drips/{id}/authors/{person}',
		publish: 'PUT /drips/{id}/publication',
		discard: 'DELETE /drips/{id}'
	}),
	'/needs/new': 'POST /needs',
	...on('/needs/[id]/analysis', {
		costs: 'PUT /needs/{id}/costs',
		cause: 'PUT /needs/{id}/causes/{cause}',
		newPath: 'POST /needs/{id}/paths',
		path: 'PUT /needs/{id}/paths/{path}',
		removePath: 'DELETE /needs/{id}/paths/{path}',
		addEditor: 'PUT /needs/{id}/editors/{person}',
		removeEditor: 'DELETE /needs/{id}/editors/{person}',
		addEvidence: 'POST /needs/{id}/evidence',
		removeEvidence: 'DELETE /needs/{id}/evidence/{evidence}',
		openPulse: 'PUT /needs/{id}/pulse',
		closePulse: 'DELETE /needs/{id}/pulse',
		conclude: 'POST /needs/{id}/conclusions'
	}),
	...on('/activities/[id]', {
		afterwards: 'PUT /activities/{id}/afterwards',
		mark: 'PUT /activities/{id}/mark',
		remind: 'PUT /activities/{id}/reminder',
		remindNot: 'DELETE /activities/{id}/reminder'
	}),
	...on('/community/[id]/plan', planForms),
	...on('/spaces/[slug]/community/plan', planForms),
	...on('/spaces/[slug]/community/practice', {
		show: 'PUT /spaces/{id}/practice',
		hide: 'DELETE /spaces/{id}/practice',
		tried: 'POST /spaces/{id}/practice/tried',
		remove: 'DELETE /practice-tried/{id}',
		invite: 'PUT /spaces/{id}/practice/invitations/{person}',
		decline: 'DELETE /spaces/{id}/practice/invitation'
	}),
	...on('/community', {
		make: 'POST /areas',
		place: 'PUT /areas/{id}/spaces/{space}',
		share: 'PUT /areas/{id}/share',
		leave: 'DELETE /areas/{id}/share'
	}),
	...on('/community/[id]', {
		change: 'PUT /areas/{id}',
		end: 'DELETE /areas/{id}',
		place: 'PUT /areas/{id}/spaces/{space}',
		takeOut: 'DELETE /areas/{id}/spaces/{space}',
		offer: 'PUT /areas/{id}/people/{person}',
		letGo: 'DELETE /areas/{id}/people/{person}',
		share: 'PUT /areas/{id}/share'
	}),
	'/figures/new': 'POST /figures',
	'/rollouts/new': 'POST /rollouts',
	'/rollouts/[id]/edit': 'PUT /rollouts/{id}',
	...on('/rollouts/[id]', { draw: 'PUT /rollouts/{id}/order', depart: 'POST /rollouts/{id}/departures' }),
	...on('/figures/[id]/edit', { save: 'PUT /figures/{id}', owner: 'PUT /figures/{id}/owner' }),
	...on('/figures/[id]', { mark: 'POST /figures/{id}/marks', unmark: 'DELETE /figures/{id}/marks/{mark}' }),
	...on('/figures/[id]/sources', {
		hook: 'POST /figures/{id}/sources/hooks',
		page: 'POST /figures/{id}/sources/pages',
		query: 'POST /figures/{id}/sources/queries',
		pull: 'PUT /figures/{id}/sources/{source}/pull',
		end: 'DELETE /figures/{id}/sources/{source}'
	}),
	...on('/figures/[id]/values', {
		bring: 'POST /figures/{id}/values',
		take: 'PUT /figures/{id}/aside/{line}',
		drop: 'DELETE /figures/{id}/aside/{line}',
		remove: 'DELETE /figures/{id}/values/{day}'
	}),
	...on('/needs/options', { add: 'POST /options', withdraw: 'DELETE /options/{id}' }),
	...on('/needs/[id]/plan', {
		plan: 'PUT /needs/{id}/plan',
		newStep: 'POST /needs/{id}/steps',
		step: 'PUT /needs/{id}/steps/{step}',
		removeStep: 'DELETE /needs/{id}/steps/{step}',
		made: 'PUT /needs/{id}/steps/{step}/made',
		done: 'PUT /needs/{id}/steps/{step}/done',
		notDone: 'DELETE /needs/{id}/steps/{step}/done',
		review: 'POST /needs/{id}/reviews'
	}),
	...on('/needs/[id]/pulse', { answer: 'POST /needs/{id}/pulse/answers', decline: 'PUT /needs/{id}/pulse/declined' }),
	'/surveys?/workplace': 'POST /surveys/workplace',
	'/surveys/import': 'POST /surveys/imports',
	'/surveys/[id]/bring': 'POST /surveys/{id}/imports',
	'/surveys/new?/save': 'POST /surveys',
	'/surveys/[id]/edit?/save': 'PUT /surveys/{id}',
	...on('/surveys/[id]', {
		status: 'PUT /surveys/{id}/status',
		link: 'PUT /surveys/{id}/link',
		endLink: 'DELETE /surveys/{id}/link',
		edition: 'POST /surveys/{id}/editions'
	}),
	...on('/surveys/[id]/answer', { send: 'POST /surveys/{id}/answers', keep: 'PUT /surveys/{id}/unfinished' }),
	'/surveys/[id]/texts': 'PUT /surveys/{id}/texts',
	'/surveys/[id]/translate': 'PUT /surveys/{id}/translations/{language}',
	'/rankings/[id]/edit': 'PUT /rankings/{id}',
	...on('/rankings/[id]', {
		nominate: 'POST /rankings/{id}/nominations',
		withdraw: 'DELETE /rankings/{id}/nominations/{nomination}',
		vote: 'POST /rankings/{id}/ballots',
		status: 'PUT /rankings/{id}/status',
		release: 'POST /rankings/{id}/releases',
		year: 'POST /rankings/{id}/years'
	}),
	'/prompts/[id]/edit': 'PUT /prompts/{id}',
	...on('/prompts/[id]', {
		enter: 'PUT /prompts/{id}/entry',
		leave: 'DELETE /prompts/{id}/entry',
		aside: 'PUT /prompts/{id}/entries/{entry}/aside',
		draw: 'PUT /prompts/{id}/winners'
	}),
	'/tools/[id]/edit': 'PUT /tools/{id}/entry',
	...on('/rankings/[id]/guide', {
		begin: 'PUT /rankings/{id}/guide',
		issue: 'POST /rankings/{id}/guide/editions',
		letIn: 'POST /rankings/{id}/guide/access',
		endAccess: 'DELETE /rankings/{id}/guide/access/{access}'
	}),
	...on('/tools/[id]', { merge: 'PUT /tools/{id}/merge', part: 'DELETE /tools/{id}/merge' }),
	...on('/lists/[id]/edit', {
		words: 'PUT /lists/{id}',
		pick: 'POST /lists/{id}/picks',
		write: 'PUT /lists/{id}/picks/{pick}',
		place: 'PUT /lists/{id}/picks/{pick}/place',
		takeOut: 'DELETE /lists/{id}/picks/{pick}',
		find: 'PUT /finds/{id}',
		publish: 'POST /lists/{id}/editions',
		discard: 'DELETE /lists/{id}'
	}),
	'/proofs/verify': 'POST /proofs/verification',
	'/checks?/quiet': 'PUT /me/tasks/{id}/quiet',
	'/checks/[id]/ask': 'POST /checks/{id}/askings',
	...on('/askings/[id]', { later: 'PUT /askings/{id}/due', end: 'DELETE /askings/{id}' }),
	...on('/proofs/[id]', { giveOut: 'PUT /me/proofs/{id}/address', takeBack: 'DELETE /me/proofs/{id}/address' }),
	'/items/[id]/history?/correct': 'POST /items/{id}/correction',
	'/items/[id]/history?/restore': 'POST /items/{id}/restoration',
	...on('/tags/[tag]', { follow: 'PUT /me/follows/{kind}/{target}', unfollow: 'DELETE /me/follows/{kind}/{target}' }),
	...on('/people/[id]', {
		follow: 'PUT /me/follows/{kind}/{target}',
		unfollow: 'DELETE /me/follows/{kind}/{target}'
	}),
	...on('/spaces/[slug]', {
		join: 'PUT /spaces/{id}/membership',
		leave: 'DELETE /spaces/{id}/membership',
		request: 'PUT /spaces/{id}/request',
		withdraw: 'DELETE /spaces/{id}/request',
		pin: 'PUT /spaces/{id}/pins/{item}',
		unpin: 'DELETE /spaces/{id}/pins/{item}'
	}),
	...on('/spaces/[slug]/community', {
		welcome: 'PUT /spaces/{id}/welcomes/{person}',
		askPerson: 'POST /questions/{id}/people-asked',
		call: 'POST /spaces/{id}/calls',
		hush: 'PUT /spaces/{id}/insights/hush',
		showAgain: 'DELETE /spaces/{id}/insights/hush'
	}),
	'/calls/[id]': 'PUT /me/calls/{id}/answer',
	...on('/spaces/[slug]/settings', {
		promise: 'PUT /spaces/{id}/answer-promise',
		takeBack: 'DELETE /spaces/{id}/answer-promise',
		save: 'PUT /spaces/{id}',
		archive: 'PUT /spaces/{id}/archive'
	}),
	...on('/spaces/[slug]/members', {
		answer: 'POST /spaces/{id}/requests',
		add: 'PUT /spaces/{id}/members/{personId}',
		role: 'PUT /spaces/{id}/members/{personId}/role',
		invite: 'POST /invitations',
		revoke: 'DELETE /invitations/{id}',
		remove: 'DELETE /spaces/{id}/members/{personId}'
	}),
	...on('/notifications', {
		read: 'POST /me/notifications/read',
		unread: 'POST /me/notifications/unread',
		mute: 'PUT /me/muted/{item}',
		unmute: 'DELETE /me/muted/{item}',
		less: 'PUT /me/notification-settings',
		off: 'PUT /me/notification-settings'
	}),
	...on('/settings/leave', { take: 'POST /me/leaves', end: 'DELETE /me/leaves/{id}' }),
	...on('/settings/notifications', {
		save: 'PUT /me/notification-settings',
		pause: 'PUT /me/notification-pause',
		unmute: 'DELETE /me/muted/{item}',
		resume: 'DELETE /me/mail-stop',
		device: 'POST /me/push-devices',
		snoozeDevice: 'PUT /me/push-devices/{id}/snooze',
		removeDevice: 'DELETE /me/push-devices/{id}'
	}),
	...on('/settings/profile', { save: 'PUT /me/profile', photo: 'PUT /me/photo', removePhoto: 'DELETE /me/photo' }),
	'/settings/drafts?/discard': 'DELETE /me/drafts/{key}',
	...on('/settings/feeds', {
		make: 'POST /me/feed-addresses',
		end: 'DELETE /me/feed-addresses/{id}',
		app: 'POST /me/tokens',
		endApp: 'DELETE /me/tokens/{id}'
	}),
	...on('/settings/tokens', { create: 'POST /me/tokens', end: 'DELETE /me/tokens/{id}' }),
	...on('/settings/security', { endSession: 'DELETE /me/sessions/{id}', endOthers: 'DELETE /me/sessions' }),
	'/join/[token]?/accept': 'POST /me/invitations',
	...on('/admin/people', {
		invite: 'POST /invitations',
		revoke: 'DELETE /invitations/{id}',
		roles: 'PUT /people/{id}/roles',
		deactivate: 'PUT /people/{id}/deactivation',
		reactivate: 'DELETE /people/{id}/deactivation'
	}),
	'/admin/organisation': 'PUT /organisation',
	...on('/admin/mail', { resume: 'POST /organisation/mail/resumptions' }),
	'/admin/files': 'PUT /organisation/file-limits',
	...on('/resources/[id]/edit', {
		save: 'PUT /resources/{id}',
		bringBack: 'PUT /resources/{id}',
		notes: 'PUT /resources/{id}/notes',
		captions: 'PUT /resources/{id}/captions',
		removeCaptions: 'DELETE /resources/{id}/captions/{language}',
		narrate: 'PUT /resources/{id}/narrations',
		removeNarration: 'DELETE /resources/{id}/narrations/{page}'
	})
};

const operations = new Set(endpoints.map(({ method, path }) => `${method} ${path}`));
const forms = await everyForm();

/** As every kind of item does it: `/aids/new` is `POST /aids`, `/aids/[id]/edit` is `PUT /aids/{id}`. */
function byConvention(form: string): string | undefined {
	const [, place, rest] = /^(\/\w+)\/(.*)$/.exec(form) ?? [];
	if (rest === 'new') return `POST ${place}`;
	if (rest === '[id]/edit') return `PUT ${place}/{id}`;
	return ofItems[/^\[id\]\?\/(\w+)$/.exec(rest ?? '')?.[1] ?? ''];
}

const counterpartOf = (form: string) => counterparts[form] ?? byConvention(form);

test('what a form can do, the API can do, but for the few that are named with a reason', () => {
	const missing = forms.filter((form) => !(form in withoutApi) && !operations.has(counterpartOf(form) ?? ''));
	expect(missing).toEqual([]);
});

test('no line stands for a form that is gone, and none for one that has no need of it', () => {
	const named = [...Object.keys(counterparts), ...Object.keys(withoutApi)];
	expect(named.filter((form) => !forms.includes(form))).toEqual([]);
	expect(Object.keys(withoutApi).filter((form) => operations.has(counterpartOf(form) ?? ''))).toEqual([]);
});

/** Every form action of the pages: `/questions/[id]?/accept`, `/spaces/new`. */
async function everyForm(): Promise<string[]> {
	const files = readdirSync('src/routes', { recursive: true, encoding: 'utf8' }).map((file) =>
		file.replaceAll('\\', '/')
	);
	const found = files
		.filter((file) => file.endsWith('+page.server.ts'))
		.map(async (file) => {
			const route = `/${dirname(file)}`.replace(/\/\([^)]+\)/g, '') || '/';
			const { actions = {} } = (await import(/* @vite-ignore */ resolve('src/routes', file))) as { actions?: object };
			return Object.keys(actions).map((name) => (name === 'default' ? route : `${route}?/${name}`));
		});
	return (await Promise.all(found)).flat().sort();
}
