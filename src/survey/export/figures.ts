import { asCsv } from '../csv.ts';
import { partLabel } from '../rate.ts';
import type { Distribution, QuestionResult } from '../views.ts';
import { widthOf, writeSav } from './sav.ts';

/** A figure of the results: how many people chose something, of all or of a group. */
export interface FigureLine {
	question: string;
	row: string;
	/** What results are parted by, and the group; empty for everybody. */
	by: string;
	group: string;
	answer: string;
	people: number;
	of: number;
	share: number;
	low95: number;
	high95: number;
}

/** Results parted by something about the person, or by nothing. */
export interface Parted {
	by: string;
	questions: readonly QuestionResult[];
}

/** Every figure that results show, under every way to part them. Nothing else is known of an anonymous survey. */
export const figureLines = (parted: readonly Parted[]): FigureLine[] =>
	parted.flatMap(({ by, questions }) =>
		questions.flatMap(({ label: question, rows }) =>
			rows.flatMap(({ label: row, all, groups }) => {
				const about = { question, row, by };
				if (!by) return all ? linesOf({ ...about, group: '' }, all) : [];
				return groups.flatMap(({ label: group, distribution }) => linesOf({ ...about, group }, distribution));
			})
		)
	);

const linesOf = (about: Pick<FigureLine, 'question' | 'row' | 'by' | 'group'>, { n, parts }: Distribution) =>
	parts.map((part) => ({
		...{ ...about, answer: partLabel(part), people: part.count, of: n },
		...{ share: part.share, low95: part.interval.low, high95: part.interval.high }
	}));

const TEXTS = ['question', 'row', 'by', 'group', 'answer'] as const;
const COUNTS = ['people', 'of'] as const;
const SHARES = ['share', 'low95', 'high95'] as const;

/** What each column of the figures means. */
export const figureDictionary: Record<keyof FigureLine, string> = {
	question: 'Question',
	row: 'Row of the question, or its option',
	by: 'What results are parted by; empty for everybody',
	group: 'The group; several small ones stand together',
	answer: 'What was chosen; several answers stand together where too few chose one',
	people: 'How many people',
	of: 'Of how many people',
	share: 'Share, from 0 to 1',
	low95: 'Lower end of its 95 % interval (Wilson)',
	high95: 'Upper end of its 95 % interval (Wilson)'
};

export const figuresCsv = (lines: readonly FigureLine[]): string =>
	asCsv([
		[...TEXTS, ...COUNTS, ...SHARES],
		...lines.map((line) => [
			...TEXTS.map((name) => line[name]),
			...COUNTS.map((name) => String(line[name])),
			...SHARES.map((name) => line[name].toFixed(4))
		])
	]);

/** A case for each figure, weighted by how many people it counts. */
export const figuresSav = (title: string, lines: readonly FigureLine[]): Buffer<ArrayBuffer> =>
	writeSav({
		...{ title, weight: 'people' },
		columns: [
			...TEXTS.map((name) => ({
				...{ name, label: figureDictionary[name], width: widthOf(lines.map((line) => line[name])) }
			})),
			...[...COUNTS, ...SHARES].map((name) => ({ name, label: figureDictionary[name], width: 0 }))
		],
		rows: lines.map((line) => [...TEXTS, ...COUNTS, ...SHARES].map((name) => line[name]))
	});
