import { createContext } from 'svelte';

/** What a form shows after it could not be carried out; `act()` answers in this shape. */
export interface FormProblem {
	message: string;
	/** One sentence a field, keyed by its name. */
	fields: Record<string, string>;
	/** What was typed, keyed by the field's name. */
	values: Record<string, string>;
	/** What the person needs to go on, as the failure brings it. */
	details?: Record<string, unknown>;
	/** Which of the page's forms it was. */
	action?: string;
}

/** The page's problem, when it is that of this form: by its action and the item it is about. */
export function problemOf(problem: FormProblem | null, action: string, item?: string): FormProblem | null {
	return problem?.action === action && (item === undefined || problem.values.item === item) ? problem : null;
}

/** A random UUID (RFC 9562, version 4); `crypto.randomUUID` is missing on plain HTTP. */
export function newSubmission(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	bytes[6] = (bytes[6]! & 0x0f) | 0x40;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** What a Form tells the fields and buttons inside it. */
export interface FormState {
	readonly problem: FormProblem | undefined;
	/** The button that is being carried out, while it is. */
	readonly submitter: HTMLElement | null | undefined;
	readonly busy: boolean;
}

/** What a Field tells the input inside it. */
export interface FieldState {
	readonly id: string;
	readonly name: string | undefined;
	readonly invalid: boolean;
	readonly describedby: string | undefined;
	/** What was typed before the page came back with a problem. */
	readonly typed: string | undefined;
	readonly required: boolean;
}

const [readForm, writeForm] = createContext<FormState>();
const [readField, writeField] = createContext<FieldState | undefined>();

export const setForm = writeForm;
export const setField = writeField;

/** The Form around this component, if there is one. */
export const formAround = () => orNothing(readForm);

/** The Field around this component, if there is one. */
export const fieldAround = () => orNothing(readField);

/** A context that nobody has set throws; for inputs that may stand alone that is no mistake. */
function orNothing<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}

/** The attributes that tie an input to its label, hint and error. */
export function fieldAttributes(field: FieldState | undefined) {
	return {
		id: field?.id,
		name: field?.name,
		required: field?.required || undefined,
		'aria-invalid': field?.invalid || undefined,
		'aria-describedby': field?.describedby
	};
}
