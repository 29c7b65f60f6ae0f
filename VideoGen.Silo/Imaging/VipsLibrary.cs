using NetVips;

namespace VideoGen.Silo.Imaging;

/// <summary>
/// Process-wide libvips settings: only the decoders that are fit for untrusted files, one thread per picture, no cache.
/// </summary>
internal static class VipsLibrary
{
    private static readonly string[] Loaders =
    [
        "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif",
        "VipsForeignLoadHeif", // AVIF: the native package has no HEVC decoder
    ];

    // One damaged PNG writes 1,800 warnings to standard error; the important ones are also exceptions. Kept in a field because
    // native code does not keep a delegate alive.
    private static readonly Log.LogDelegate Silence = (_, _, _) => { };

    /// <summary>
    /// Applies all settings; may be called repeatedly. Throws with the reason when the native library cannot be loaded.
    /// </summary>
    public static void LockDown()
    {
        if (!ModuleInitializer.VipsInitialized)
        {
            throw new DllNotFoundException("The image library (libvips) could not be loaded.", ModuleInitializer.Exception);
        }

        GlibcHeap.ReturnEarly();
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.All, Silence);
        NetVips.NetVips.BlockUntrusted = true;
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in Loaders)
        {
            Operation.Block(loader, false);
        }

        Cache.Max = 0;
        NetVips.NetVips.Concurrency = 1;
    }
}
