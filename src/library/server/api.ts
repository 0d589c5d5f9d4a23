import type { Endpoint } from '#src/core/api/server/endpoint.ts';
import { aidEndpoints } from '../aids/server/api.ts';
import { collectionEndpoints } from '../collections/server/api.ts';
import { documentEndpoints } from '../documents/server/api.ts';
import { faqEndpoints } from '../faqs/server/api.ts';
import { highlightEndpoints } from '../highlights/server/api.ts';
import { linkEndpoints } from '../links/server/api.ts';
import { requestEndpoints } from '../requests/server/api.ts';
import { resourceEndpoints } from '../resources/server/api.ts';
import { storyEndpoints } from '../stories/server/api.ts';

/** The operations of the library: each of its nouns declares its own. */
export const libraryEndpoints: Endpoint[] = [
	...aidEndpoints,
	...collectionEndpoints,
	...documentEndpoints,
	...faqEndpoints,
	...highlightEndpoints,
	...linkEndpoints,
	...requestEndpoints,
	...resourceEndpoints,
	...storyEndpoints
];
