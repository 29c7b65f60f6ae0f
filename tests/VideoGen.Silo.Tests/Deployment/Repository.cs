namespace VideoGen.Silo.Tests.Deployment;

/// <summary>Files of the repository that the tests run in.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    public static string PathOf(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "VideoGen.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of the solution.");
        }

        return folder.FullName;
    }
}
