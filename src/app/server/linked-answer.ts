import type { Cookies } from '@sveltejs/kit';

/** The browser's own mark that it has answered a survey by its link: one answer a browser. */
const nameOf = (surveyId: string) => `survey-${surveyId}`;
const YEAR = 366 * 86_400;

export const answeredHere = (cookies: Cookies, surveyId: string): boolean => cookies.get(nameOf(surveyId)) === 'on';

export const markAnswered = (cookies: Cookies, surveyId: string, secure: boolean): void =>
	cookies.set(nameOf(surveyId), 'on', { path: '/s/', maxAge: YEAR, sameSite: 'lax', httpOnly: true, secure });
