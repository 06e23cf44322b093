/** What may be in a packed app, by its path there with `/`; anything else fails the check. `@` stands for this system and its processor. */
const allowed: readonly RegExp[] = [
  /^app\/(package\.json|LICENSE)$/u,
  /^app\/dist\/(main\/main\.js|preload\.cjs|icon\.png)$/u,
  /^app\/dist\/engine\/(process|[\w-]+-(worker|child))\.js$/u,
  /^app\/dist\/engine\/places\.bin$/u,
  /^app\/dist\/renderer\/(index\.html|licences\.json|assets\/[\w.-]+\.(js|css|woff2|svg|png))$/u,
  /^app\/node_modules\/better-sqlite3\/(package\.json|LICENSE|lib\/.+\.js|prebuilds\/@\.node)$/u,
  /^app\/node_modules\/onnxruntime-node\/(package\.json|dist\/\w+\.js|bin\/napi-v6\/@\/[\w.-]+)$/u,
  /^app\/node_modules\/onnxruntime-common\/(package\.json|dist\/.+)$/u,
  /^app\/node_modules\/sharp\/(package\.json|LICENSE|dist\/\w+\.[cm]?js|lib\/\w+\.js)$/u,
  /^app\/node_modules\/@img\/colour\/(package\.json|LICENSE(\.md)?|\w+\.c?js)$/u,
  /^app\/node_modules\/@img\/sharp(-libvips)?-@\/(package\.json|LICENSE|index\.cjs|versions\.json|lib\/[\w.+@-]+)$/u,
  /^app\/node_modules\/(detect-libc|semver)\/.+\.(js|json)$/u,
  /^app\/node_modules\/(detect-libc|semver)\/(LICENSE|bin\/\w+\.js|range\.bnf)$/u,
  /^app\/node_modules\/libheif-js\/(package\.json|LICENSE|wasm-bundle\.js|libheif-wasm\/(LICENSE|libheif-bundle\.js))$/u,
  /^app\/node_modules\/exifreader\/(package\.json|LICENSE|dist\/exif-reader\.js)$/u,
  /^app\/node_modules\/@xmldom\/xmldom\/(package\.json|LICENSE|lib\/[\w-]+\.js)$/u,
  /^app\/node_modules\/hdbscan-ts\/(package\.json|LICENSE|dist\/.+\.js)$/u,
  /^models\/(manifest\.json|(pnet|rnet|onet|mobilefacenet)\.onnx)$/u,
  /^app\.asar$/u,
  /^(icon\.(png|icns)|app-update\.yml|apparmor-profile)$/u,
];

/** Paths of `found` that nothing allows. `system` is spelled `linux-x64`, and in one package `linux/x64`. */
export function notAllowed(found: readonly string[], system: string): readonly string[] {
  return found.filter((path) => {
    const general = path.replaceAll(system, "@").replaceAll(system.replace("-", "/"), "@");
    return !allowed.some((pattern) => pattern.test(general));
  });
}

/** Files that hold machine code, by what their names end in. */
export function natives(found: readonly string[]): readonly string[] {
  return found.filter((path) => /\.(node|dll|exe|dylib|so)(\.[\d.]+)?$/u.test(path));
}
