import { wilson } from '#src/platform/statistics/proportions.ts';
import { published, PUBLISHED_N, PUBLISHED_YEAR } from '../workplace/published.ts';
import { WAYS } from '../workplace/questions.ts';
import { importance } from '../workplace/ways.ts';
import type { Edition } from './lines.ts';

/** What was published of the ten ways, as an edition to begin with; its counts are as exact as percentages of 600. */
export function publishedEdition(): Edition {
	const rows = published.map(({ label, percent }, row) => {
		const parts = percent.map((each, place) => {
			const count = (each / 100) * PUBLISHED_N;
			const interval = wilson(count, PUBLISHED_N);
			return { places: [place], labels: [importance[place]!], count, share: each / 100, interval };
		});
		return { key: `${WAYS}.${row}`, label, all: { n: PUBLISHED_N, parts }, groups: [] };
	});
	const question = {
		key: WAYS,
		type: 'matrix' as const,
		label: '',
		hint: '',
		options: [...importance],
		rows,
		places: null,
		said: []
	};
	return { id: null, label: `${PUBLISHED_YEAR}, published`, n: PUBLISHED_N, questions: [question] };
}
