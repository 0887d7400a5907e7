using Usher;

return await CommandLine.RunAsync(args);
