import { posix } from 'node:path';
import { cleanLine } from '#src/core/import/clean.ts';
import { child, childrenOf, descendants, textOf, type Element } from '#src/platform/server/xml-tree.ts';
import { isAway, type Paths } from './paths.ts';
import { minutesOf, MOST_PARTS, noRules, type Package, type Part, type Rules } from './package.ts';

interface Resource {
	folder: string;
	href: string;
	files: string[];
	needs: string[];
}

/**
 * Reads the manifest of SCORM 1.2 and 2004; a plain IMS content package has the same form.
 * @param at where it stands
 * @param beside what is said of it in a file of its own
 */
export function readScorm(manifest: Element, at: string, paths: Paths, beside?: Element): Package {
	const resources = resourcesOf(manifest, posix.dirname(at));
	const organizations = organizationsIn(manifest);
	const rules = noRules();
	const parts: Part[] = [];
	for (const organization of organizations) partsOf(organization, { resources, paths, rules, parts });
	for (const shared of descendants(manifest, 'sequencingCollection'))
		for (const sequencing of childrenOf(shared, 'sequencing')) sequencingRules(sequencing, 'all of it', rules);
	// What no organization names is there all the same.
	const named = new Set(parts.flatMap(({ start, files }) => [start, ...files]));
	const rest = [...resources.values()].flatMap((resource) => filesOf(resource, resources, paths));
	const files = [...new Set(rest)].filter((file) => !named.has(file));
	if (files.length > 0) parts.push({ title: '', files });
	const general = descendants(manifest, 'general')[0] ?? (beside && descendants(beside, 'general')[0]);
	return {
		...{ standard: standardOf(manifest), id: manifest.attributes.identifier ?? '', parts, rules },
		title: words(child(organizations[0], 'title')) || words(child(general, 'title')),
		description: words(child(general, 'description')),
		minutes: typicalMinutes(manifest) ?? (beside && typicalMinutes(beside)),
		questions: descendants(manifest, 'resource').some(({ attributes }) => /^imsqti_/i.test(attributes.type ?? ''))
	};
}

function standardOf(manifest: Element): string {
	const metadata = child(manifest, 'metadata');
	const [schema, version] = [textOf(child(metadata, 'schema')).trim(), textOf(child(metadata, 'schemaversion')).trim()];
	const uris = Object.values(manifest.attributes).join(' ');
	const isScorm = /scorm/i.test(schema) || /adlcp/.test(uris);
	if (isScorm && (/2004|CAM/i.test(version) || /adlcp_v1p3/.test(uris)))
		return `SCORM ${/2004[^<]*/.exec(version)?.[0].trim() ?? '2004'}`;
	if (isScorm) return 'SCORM 1.2';
	return /common cartridge/i.test(schema) ? 'a Common Cartridge' : 'an IMS content package';
}

function resourcesOf(manifest: Element, folder: string): Map<string, Resource> {
	const found = new Map<string, Resource>();
	for (const all of descendants(manifest, 'resources'))
		for (const one of childrenOf(all, 'resource')) {
			const { identifier = '', href = '', base = '' } = one.attributes;
			found.set(identifier, {
				...{ folder: posix.join(folder, manifest.attributes.base ?? '', all.attributes.base ?? '', base), href },
				files: childrenOf(one, 'file').map(({ attributes }) => attributes.href ?? ''),
				needs: childrenOf(one, 'dependency').map(({ attributes }) => attributes.identifierref ?? '')
			});
		}
	return found;
}

/** The one that is meant to be shown stands first. */
function organizationsIn(manifest: Element): Element[] {
	return descendants(manifest, 'organizations').flatMap((all) =>
		childrenOf(all, 'organization').sort(
			(one, other) =>
				Number(other.attributes.identifier === all.attributes.default) -
				Number(one.attributes.identifier === all.attributes.default)
		)
	);
}

interface Reading {
	resources: Map<string, Resource>;
	paths: Paths;
	rules: Rules;
	parts: Part[];
}

function partsOf(parent: Element, reading: Reading): void {
	const { resources, paths, rules, parts } = reading;
	const title = words(child(parent, 'title'));
	rulesOf(parent, title || 'all of it', rules);
	const resource = resources.get(parent.attributes.identifierref ?? '');
	if (resource && parts.length < MOST_PARTS) {
		const files = filesOf(resource, resources, paths);
		if (isAway(resource.href)) parts.push({ title, files, away: resource.href.trim() });
		else parts.push({ title, start: paths.find(resource.folder, resource.href), files });
	}
	for (const item of childrenOf(parent, 'item')) partsOf(item, reading);
}

/** The files of a resource and of what it needs, each once. */
function filesOf(resource: Resource, resources: Map<string, Resource>, paths: Paths): string[] {
	const all = new Set([resource]);
	for (const each of all)
		for (const need of each.needs) {
			const found = resources.get(need);
			if (found) all.add(found);
		}
	const files = [...all].flatMap(({ folder, href, files: named }) =>
		[href, ...named].flatMap((file) => paths.find(folder, file) ?? [])
	);
	return [...new Set(files)];
}

function rulesOf(item: Element, title: string, rules: Rules): void {
	const said = (name: string) => textOf(child(item, name)).trim();
	const limit = said('maxtimeallowed');
	if (limit) rules.time.set(title, duration(limit));
	const action = said('timelimitaction') || said('timeLimitAction');
	if (action && !rules.time.has(title)) rules.time.set(title, '');
	if (said('prerequisites')) rules.order.set(title, '');
	const score = said('masteryscore');
	if (score) rules.score.set(title, `${score.slice(0, 10)} %`);
	if (child(item, 'completionThreshold')) rules.completion.set(title, '');
	if (said('datafromlms') || said('dataFromLMS')) rules.handed.set(title, '');
	const sequencing = child(item, 'sequencing');
	if (sequencing) sequencingRules(sequencing, title, rules);
}

const DURATIONS = [
	'attemptAbsoluteDurationLimit',
	'attemptExperiencedDurationLimit',
	'activityAbsoluteDurationLimit',
	'activityExperiencedDurationLimit'
];

function sequencingRules(sequencing: Element, title: string, rules: Rules): void {
	const control = child(sequencing, 'controlMode')?.attributes ?? {};
	const forced = control.choice === 'false' || control.forwardOnly === 'true' || control.choiceExit === 'false';
	if (
		forced ||
		descendants(
			sequencing,
			'preConditionRule',
			'postConditionRule',
			'exitConditionRule',
			'constrainedChoiceConsiderations'
		).length > 0
	)
		rules.order.set(title, '');
	const limits = child(sequencing, 'limitConditions')?.attributes ?? {};
	if (limits.attemptLimit) rules.attempts.set(title, limits.attemptLimit.slice(0, 10));
	const time = DURATIONS.map((name) => limits[name]).find(Boolean);
	if (time) rules.time.set(title, duration(time));
	else if (limits.beginTimeLimit || limits.endTimeLimit) rules.time.set(title, '');
	const measure = Number(textOf(descendants(sequencing, 'minNormalizedMeasure')[0]));
	if (measure > 0) rules.score.set(title, `${Math.round(measure * 100)} %`);
	if (child(sequencing, 'rollupRules')) rules.completion.set(title, '');
}

function duration(written: string): string {
	const minutes = minutesOf(written);
	if (minutes === undefined) return written.slice(0, 20);
	return minutes < 1 ? `${Math.round(minutes * 60)} seconds` : `${Math.round(minutes)} minutes`;
}

/** The file that says more of the package, where its manifest names one. */
export function besideOf(manifest: Element, at: string, paths: Paths): string | undefined {
	const location = textOf(child(child(manifest, 'metadata'), 'location')).trim();
	return location ? paths.find(posix.dirname(at), location) : undefined;
}

function typicalMinutes(manifest: Element): number | undefined {
	const [time] = descendants(manifest, 'typicallearningtime', 'typicalLearningTime');
	if (!time) return undefined;
	const written = textOf(child(time, 'datetime') ?? child(time, 'duration') ?? time);
	return minutesOf(written) || undefined;
}

/** In several languages, the first counts. */
function words(element: Element | undefined): string {
	const spoken = element && descendants(element, 'langstring', 'string')[0];
	return cleanLine(textOf(spoken ?? element), 2000);
}
