import { readOwnModel } from "./read_own_model.ts";
import { serveModel } from "./serve_model.ts";

serveModel(readOwnModel);
