import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf, paging } from '#src/core/api/server/page.ts';
import { uploadOf } from '#src/core/files/server/upload.ts';
import { id } from '#src/core/items/input.ts';
import { itemFilter } from '#src/core/items/server/list.ts';
import {
	answersFilter,
	answerSheet,
	bringTo,
	figuresFilter,
	keptAnswers,
	languageTag,
	newEdition,
	newSurvey,
	newWorkplaceSurvey,
	plotFilter,
	releasedText,
	resultsFilter,
	sheetFilter,
	statusChange,
	surveyEdit,
	translation
} from '../input.ts';
import { answerSurvey } from './answer.ts';
import {
	namedAnswers,
	results,
	surveyRow,
	surveyToAnswer as sheet,
	surveyToEdit as draft,
	surveyView,
	textsToRead as texts,
	trend
} from './api-shapes.ts';
import { csvAnswer, plotAnswer, trendCsvAnswer } from './away.ts';
import { bringAnswers, bringSurvey } from './bring.ts';
import { keepUnfinished } from './drafts.ts';
import { answersFile, figuresFile } from './files.ts';
import { readNamed } from './named.ts';
import { listSurveys, readSurvey, surveyToAnswer, surveyToEdit } from './read.ts';
import { surveyOf } from './record.ts';
import { readResults } from './results.ts';
import { releaseText, textsToRead } from './texts.ts';
import { readTrend } from './trend.ts';
import {
	beginEdition,
	changeStatus,
	editSurvey,
	endLink,
	makeLink,
	makeSurvey,
	makeWorkplaceSurvey,
	translateSurvey
} from './write.ts';

const tag = 'Surveys';
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const made = z.object({ id });
const spaceId = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';

const questions = [
	{
		key: 'helps',
		type: 'scale',
		label: 'How much do job aids help you?',
		options: ['Not at all', 'A little', 'A lot'],
		required: true
	}
] as const;
const example = { title: 'Job aids', bodyMd: 'One minute.', anonymous: true, questions };

const writing: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/surveys', summary: 'Surveys I may read, the liveliest first' },
		query: itemFilter,
		response: pageOf(surveyRow),
		run: ({ db, viewer, query }) => listSurveys(db, viewer, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/surveys', status: 201, summary: 'Write a survey in a space' },
		description:
			'It takes answers once it is opened. `showIf` names a question before it and the places of its options; `about` marks questions by which results can be parted.',
		body: newSurvey,
		response: made,
		example: { body: { spaceId, ...example } },
		run: async ({ db, viewer, body }) => ({ id: await makeSurvey(db, viewer, body) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/surveys/workplace', status: 201 },
		summary: 'Write the survey of learning in the workplace',
		description: 'Ten ways of learning on a scale of four, and seven questions about the person, ready to be opened.',
		body: newWorkplaceSurvey,
		response: made,
		example: { body: { spaceId, edition: '2030' } },
		run: async ({ db, viewer, body }) => ({ id: await makeWorkplaceSurvey(db, viewer, body) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/surveys/imports', status: 201, takes: 'file' },
		summary: 'Make a survey of a file',
		description:
			'As multipart form with the field `file`: a structure of LimeSurvey (.lss, or an archive that holds one) or an SPSS file (.sav), of 10 MB at most. `notes` say what could not be carried over.',
		query: bringTo,
		response: z.object({ id, asks: z.number(), notes: z.array(z.string()) }),
		run: ({ db, viewer, query, request }) => bringSurvey(db, viewer, query.spaceId, () => uploadOf(request))
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/surveys/{id}/imports', takes: 'file', confidential: true },
		summary: 'Bring answers into a survey that is being prepared',
		description:
			'As multipart form with the field `file`: CSV or SPSS (.sav) with a row for each answer and columns named as in files taken away. All are taken or none; then the survey is closed and has its results.',
		params,
		response: z.object({ answers: z.number(), ignored: z.array(z.string()) }),
		run: ({ db, viewer, params, request }) => bringAnswers(db, viewer, params.id, () => uploadOf(request))
	}),
	endpoint({
		...{ ...get, path: '/surveys/{id}', summary: 'A survey with its comments' },
		params,
		response: surveyView,
		run: ({ db, viewer, params }) => readSurvey(db, viewer, params.id)
	}),
	endpoint({
		...{ ...get, path: '/surveys/{id}/draft', summary: 'A survey as it is written' },
		params,
		response: draft,
		run: ({ db, viewer, params }) => surveyToEdit(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/surveys/{id}', summary: 'Change a survey' },
		description:
			'Send the `version` you started from. Once it was answered its words can change, not what is asked nor whether it is anonymous.',
		params,
		body: surveyEdit,
		response: z.object({ version: z.number() }),
		example: { body: { ...example, version: 1 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editSurvey(db, viewer, params.id, body) })
	}),
	endpoint({
		...{
			...write,
			method: 'PUT',
			path: '/surveys/{id}/translations/{language}',
			summary: 'Say it in another language'
		},
		description: 'Texts by their places: `q1.label`, `q1.options.2`. What is left out stays as it is written.',
		params: z.object({ id, language: languageTag }),
		body: translation,
		example: { body: { words: { 'helps.label': 'Wie sehr helfen dir Arbeitshilfen?' } } },
		run: ({ db, viewer, params, body }) => translateSurvey(db, viewer, params.id, params.language, body)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/surveys/{id}/status', summary: 'Open a survey, or close it' },
		description: 'Opened for the first time, it invites all who may read it.',
		params,
		body: statusChange,
		example: { body: { status: 'open' } },
		run: ({ db, viewer, params, body }) => changeStatus(db, viewer, params.id, body.status)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/surveys/{id}/editions', status: 201, summary: 'Begin another edition' },
		description: 'The same questions in a survey of their own, to be asked again and compared.',
		params,
		body: newEdition,
		response: made,
		example: { body: { edition: '2031' } },
		run: async ({ db, viewer, params, body }) => ({ id: await beginEdition(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/surveys/{id}/link', secret: true, summary: 'Make an open link' },
		description: 'Anybody who has it can answer, without an account. One made before ends.',
		params,
		response: z.object({ address: z.string() }),
		run: async ({ db, viewer, params, origin }) => ({ address: `${origin}/s/${await makeLink(db, viewer, params.id)}` })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/surveys/{id}/link', summary: 'End the open link' },
		params,
		run: ({ db, viewer, params }) => endLink(db, viewer, params.id)
	})
];

const answering: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/surveys/{id}/sheet', summary: 'What is asked, to be answered' },
		params,
		query: sheetFilter,
		response: sheet,
		run: ({ db, viewer, params, query }) => surveyToAnswer(db, viewer, params.id, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/surveys/{id}/answers', confidential: true, summary: 'Answer a survey' },
		description:
			'Once, and for good. An option is named by its place, counted from 0; several, an order and the rows of a matrix are lists of places.',
		params,
		body: answerSheet,
		example: { body: { version: 1, answers: { helps: 2 } } },
		run: ({ db, viewer, params, body }) => answerSurvey(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/surveys/{id}/unfinished', secret: true, confidential: true },
		summary: 'Keep what I have answered so far',
		description: 'Under a secret that only you have: nothing says whose it is.',
		params,
		body: keptAnswers,
		response: z.object({ resume: z.string() }),
		example: { body: { answers: { helps: 2 } } },
		run: async ({ db, viewer, params, body }) => ({
			resume: await keepUnfinished(db, await surveyOf(db, viewer, params.id), body)
		})
	}),
	endpoint({
		...{ ...get, path: '/surveys/{id}/results', summary: 'The results, for who has answered' },
		description:
			'As they were last released; once it is closed, for all who may read it. `by` parts them by a question about the person; `release` shows them as they stood then, one of `versions`.',
		params,
		query: resultsFilter,
		response: results,
		run: ({ db, viewer, params, query }) => readResults(db, viewer, params.id, query)
	}),
	endpoint({
		...{ ...get, path: '/surveys/{id}/results/csv', summary: 'The results as a table of figures', sends: 'text/csv' },
		params,
		query: resultsFilter,
		run: ({ db, viewer, params, query }) => csvAnswer(db, viewer, params.id, query)
	}),
	endpoint({
		...{
			...get,
			path: '/surveys/{id}/results/plots/{question}',
			summary: 'A question as a plot',
			sends: 'image/*'
		},
		description:
			'As SVG, or as PNG. `show=groups` with `by` draws its shares in each group, `show=editions` those over the editions.',
		params: z.object({ id, question: z.string().max(20) }),
		query: plotFilter,
		run: ({ db, viewer, params: { id, question }, query }) => plotAnswer(db, viewer, id, { question, ...query })
	}),
	endpoint({
		...{ ...get, path: '/surveys/{id}/results/editions', summary: 'The results over the editions' },
		description:
			'Those of which you may see the results, the oldest first. `change` is the last against the one before it, with Newcombe’s interval; `p` is adjusted for all lines of the question.',
		params,
		response: trend,
		run: ({ db, viewer, params }) => readTrend(db, viewer, params.id)
	}),
	endpoint({
		...{ ...get, path: '/surveys/{id}/results/editions/csv', sends: 'text/csv' },
		summary: 'All editions as a table of figures',
		params,
		run: ({ db, viewer, params }) => trendCsvAnswer(db, viewer, params.id)
	}),
	endpoint({
		...{ ...get, path: '/surveys/{id}/results/file', sends: 'application/octet-stream' },
		summary: 'All figures of the results as CSV, SPSS or JSON',
		description:
			'Of all and by everything results can be parted by, as they were last released, with what each column means. Of an anonymous survey nothing else leaves the server.',
		params,
		query: figuresFilter,
		run: ({ db, viewer, params, query }) => figuresFile(db, viewer, params.id, query.as)
	}),
	endpoint({
		...{ ...get, path: '/surveys/{id}/answers', summary: 'Who answered what, of a survey by name' },
		params,
		query: paging,
		response: pageOf(namedAnswers),
		run: async ({ db, viewer, params, query }) => {
			const { items, next } = await readNamed(db, viewer, params.id, query);
			return { items, next };
		}
	}),
	endpoint({
		...{ ...get, path: '/surveys/{id}/answers/file', sends: 'application/octet-stream' },
		summary: 'The same as CSV, SPSS or JSON',
		description:
			'CSV has words; SPSS and JSON have codes, counted from 1, with what they mean. `dictionary` gives that as CSV.',
		params,
		query: answersFilter,
		run: ({ db, viewer, params, query }) => answersFile(db, viewer, params.id, query.as)
	}),
	endpoint({
		...{ ...get, path: '/surveys/{id}/texts', summary: 'What was said in own words, to be read and released' },
		params,
		response: texts,
		run: ({ db, viewer, params }) => textsToRead(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/surveys/{id}/texts', summary: 'Release a text' },
		description: 'As you leave it: take out what tells who wrote it.',
		params,
		body: releasedText,
		example: { body: { question: 'more', text: 'More time to try things.' } },
		run: ({ db, viewer, params, body }) => releaseText(db, viewer, params.id, body)
	})
];

export const surveyEndpoints: Endpoint[] = [...writing, ...answering];
