/** `npm start`: installs and builds what is missing, then serves. */
import { become, build, install } from './prepare.js';

install();
build();
become(['src/app/serve.ts'], { NODE_ENV: process.env.NODE_ENV || 'production' });
