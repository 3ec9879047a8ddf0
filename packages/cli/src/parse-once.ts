import { z } from "zod";

// A command parses its config once: to compile a parser for each of its schemas takes longer than to parse. Said before there is a schema: each asks when it is made.
z.config({ jitless: true });
