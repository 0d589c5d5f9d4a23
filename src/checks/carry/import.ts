/** Questions on their way into a bank, as their page shows them. */
export interface ImportView {
	id: string;
	/** The name of the file. */
	name: string;
	state: 'waiting' | 'done' | 'failed';
	read: number;
	written: number;
	present: number;
	skipped: number;
	/** The report, a line each. */
	lines: string[];
	failure: string | null;
	createdAt: string;
}

export const exportFormats = ['moodle', 'gift', 'qti21', 'qti30', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What a format is called, for people. */
export const formatNames: Record<ExportFormat, string> = {
	moodle: 'Moodle XML',
	gift: 'GIFT',
	qti21: 'QTI 2.1 (package)',
	qti30: 'QTI 3.0 (package)',
	csv: 'CSV'
};
