import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { headingsIn, laterViews } from '#src/core/search/server/parts-of.ts';
import { plainText, renderMarkdown } from '#src/core/items/server/render.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import { grade } from '../../grade.ts';
import { leadTo, partKey, pieceOf, type ContentPart } from '../../part.ts';
import type { QuestionContent } from '../../question.ts';
import type { AttemptView, PartLink, QuestionResult, ShownQuestion } from '../attempt.ts';
import { drawnOrder, matchable, nameOf, toNames } from '../shown.ts';
import { inWords } from '../words.ts';
import { askAddress } from './help.ts';
import type { Drawn } from './sheet.ts';

interface Line extends Drawn {
	points: number | null;
	fileName: string | null;
	note: string | null;
}

interface Found {
	id: string;
	item_id: string;
	title: string;
	space_id: string;
	minutes: number;
	number: number;
	state: AttemptView['state'];
	revision: number;
	left_seconds: number | null;
	job_clock: string | null;
	points: number | null;
	pass_percent: number;
	given_back: number;
	expert: string | null;
	thread_id: string | null;
	questions: Line[] | null;
}

/**
 * One's own attempt: what it asks while it is open, what it came to afterwards. Whoever has not passed learns which
 * answers were not right and where the content says so, never the key.
 * @throws Failure not_found, also for attempts of others
 */
export async function readAttempt(db: Db, viewer: Viewer, id: string): Promise<AttemptView> {
	const found = isId(id) ? await row<Found>(db, attemptQuery(viewer, id)) : undefined;
	if (!found) throw notFound('There is no such attempt of yours.');
	const lines = found.questions ?? [];
	const head = {
		...{ id: found.id, number: found.number, revision: found.revision },
		check: { id: found.item_id, title: found.title, minutes: found.minutes },
		...{ left: found.left_seconds, clock: found.job_clock }
	};
	if (found.state === 'open') return { ...head, state: 'open', questions: lines.map(showQuestion) };
	const links = await partLinks(
		db,
		viewer,
		lines.flatMap(({ content }) => content.parts)
	);
	const linksOf = (parts: ContentPart[]) => once(parts.flatMap((part) => links.get(partKey(part)) ?? []));
	const wrong = lines.filter((line) => !isRight(line) && line.points !== null);
	return {
		...head,
		...{ state: found.state, points: found.points, most: lines.length, passPercent: found.pass_percent },
		givenBack: found.given_back,
		parts: found.state === 'failed' ? linksOf(wrong.flatMap(({ content }) => content.parts)) : [],
		questions: lines.map((line) => presentResult(found, line, linksOf(line.content.parts)))
	};
}

const attemptQuery = (viewer: Viewer, id: string) => sql`
	select a.id, a.item_id, i.title, i.space_id, c.minutes, a.number, a.state, a.revision, a.points, a.pass_percent, a.given_back,
		case when a.state = 'open' and a.job_seconds is not null then greatest(0, ceil(extract(epoch from a.started_at + a.job_seconds * interval '1 second' - now())))::int end as left_seconds,
		case when a.job_seconds is not null then c.job_clock end as job_clock,
		(select p.name from person p where p.id = c.expert_id and p.deactivated_at is null) as expert, c.thread_id,
		(select json_agg(json_build_object('id', q.question_id, 'seed', q.seed, 'answer', q.answer, 'late', q.late, 'points', q.points,
				'content', v.content, 'note', r.note,
				'fileName', (select f.name from file f where f.id::text = q.answer ->> 'fileId')) order by q.position)
			from attempt_question q join bank_question_version v on v.question_id = q.question_id and v.version = q.version
			left join attempt_review r on r.attempt_id = q.attempt_id and r.question_id = q.question_id
			where q.attempt_id = a.id) as questions
	from check_attempt a join check_item c on c.item_id = a.item_id join item i on i.id = a.item_id
	where a.id = ${id} and a.person_id = ${viewer.id}`;

/** A question without its key. */
export function showQuestion({ id, seed, content, answer, fileName }: Omit<Line, 'points' | 'note'>): ShownQuestion {
	return {
		...{ id, type: content.type, promptHtml: renderMarkdown(content.prompt), pieces: piecesOf(content, seed) },
		...{ multiple: content.type === 'choice' && content.multiple, words: wordsOf(content, seed) },
		image: content.type === 'hotspot' ? { src: content.image, alt: content.alt } : null,
		form: content.type === 'form' ? { title: content.title, fields: fieldsOf(content) } : null,
		accepts: content.type === 'show' ? content.accepts : null,
		rubric: content.type === 'show' ? content.rubric.map(rubricLine) : [],
		answer: answer && toNames(content, seed, answer),
		fileName
	};
}

function piecesOf(content: QuestionContent, seed: number): ShownQuestion['pieces'] {
	const texts =
		content.type === 'choice'
			? content.options.map(({ text }) => text)
			: content.type === 'order'
				? content.items.map(({ text }) => text)
				: content.type === 'match'
					? content.pairs.map(({ left }) => left)
					: [];
	if (texts.length === 0) return [];
	return drawnOrder(content, seed).map((at, place) => {
		const html = renderMarkdown(texts[at] ?? '');
		return { name: nameOf(place), html, text: plainText(html, 300) };
	});
}

function wordsOf(content: QuestionContent, seed: number): string[] {
	if (content.type === 'match') return matchable(content, seed);
	return content.type === 'numeric' ? content.units.map(({ name }) => name).sort() : [];
}

/** Levels from the least to the best, as everybody reads them before they begin. */
const rubricLine = ({ criterion, levels }: Extract<QuestionContent, { type: 'show' }>['rubric'][number]) => ({
	criterion,
	levels: levels.toSorted((one, other) => one.points - other.points).map(({ label }) => label)
});

/** A field that stays empty at work looks like any other. */
const fieldsOf = ({ fields }: Extract<QuestionContent, { type: 'form' }>) =>
	fields.map((field, place) => ({
		...{ name: nameOf(place), label: field.label },
		kind: field.kind === 'empty' ? ('text' as const) : field.kind,
		options: field.kind === 'choice' ? field.options : []
	}));

const isRight = ({ points }: Line) => points !== null && points > 1 - 1e-4;

function presentResult(attempt: Found, line: Line, parts: PartLink[]): QuestionResult {
	const passed = attempt.state === 'passed';
	const right = isRight(line);
	const shown = showQuestion(line);
	return {
		...shown,
		...{ points: line.points, right, late: line.late },
		saidHtml: passed ? grade(line.content, line.answer).said.map((text) => renderMarkdown(text)) : [],
		// Where it says so is told of what went wrong, and of all to whoever has passed.
		parts: passed || (!right && line.points !== null) ? parts : [],
		noteHtml: line.note ? renderMarkdown(line.note) : '',
		ask: askAddress({
			...{ checkId: attempt.item_id, title: attempt.title, spaceId: attempt.space_id, questionId: line.id },
			...{ part: line.content.parts[0], prompt: plainText(renderMarkdown(line.content.prompt)) },
			...{ answer: inWords(shown, shown.answer), expert: attempt.expert }
		})
	};
}

/** The parts of content that the viewer may read, by their key. */
export async function partLinks(db: Db, viewer: Viewer, parts: ContentPart[]): Promise<Map<string, PartLink>> {
	const ids = [...new Set(parts.map(({ itemId }) => itemId))];
	if (ids.length === 0) return new Map();
	const found = await rows<{ id: string; kind: string; title: string; body_html: string }>(
		db,
		sql`select i.id, i.kind, i.title, i.body_html from item i where i.id = any(${array(ids, 'uuid')}) and ${visibleItems(viewer, 'i')}`
	);
	const items = new Map(found.map((item) => [item.id, item]));
	const pieces = parts.map(({ itemId, anchor }) => ({ itemId, piece: pieceOf(anchor) }));
	const later = await laterViews(db, pieces);
	return new Map(
		parts.flatMap((part) => {
			const item = items.get(part.itemId);
			if (!item) return [];
			const { id, kind, title } = item;
			const page = itemAddress({ id, kind, rootId: id, rootKind: kind });
			const piece = pieceOf(part.anchor);
			const href = page + leadTo({ kind, piece, later: later.get(`${id}#${piece}`) });
			return [[partKey(part), { href, title, label: part.label || headingOf(item.body_html, piece) || labelOf(part) }]];
		})
	);
}

/** What stands as the heading of a piece. */
const headingOf = (html: string, piece: string) => headingsIn(html).find(({ id }) => id === piece)?.label;

function labelOf({ anchor }: ContentPart): string {
	switch (anchor.type) {
		case 'page':
		case 'slide': {
			const name = anchor.type === 'page' ? 'Page' : 'Slide';
			return anchor.to && anchor.to !== anchor.from ? `${name}s ${anchor.from}–${anchor.to}` : `${name} ${anchor.from}`;
		}
		case 'time':
			return `From ${Math.floor(anchor.from / 60)}:${String(Math.floor(anchor.from % 60)).padStart(2, '0')}`;
		case 'heading':
			return anchor.id.replace(/^h-/, '').replaceAll('-', ' ');
		default:
			return '';
	}
}

const once = (links: PartLink[]) => [...new Map(links.map((link) => [`${link.href} ${link.label}`, link])).values()];
