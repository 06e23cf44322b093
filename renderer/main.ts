import "@fontsource-variable/inter/opsz.css";
import { mount } from "svelte";
import App from "./app.svelte";
import "./style/tokens.css";
import "./style/base.css";

const target = document.getElementById("app");
if (target === null) throw new Error("The page has no place for the app.");
mount(App, { target });
