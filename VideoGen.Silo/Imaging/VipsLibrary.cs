using NetVips;

namespace VideoGen.Silo.Imaging;

/// <summary>Process-wide settings of libvips: few decoders, fit for untrusted files; one thread a picture; no cache.</summary>
internal static class VipsLibrary
{
    private static readonly string[] Loaders =
    [
        "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif",
        "VipsForeignLoadHeif", // AVIF: the native package has no HEVC decoder
    ];

    // One damaged PNG writes 1,800 warnings to the error stream; what matters also comes as an exception. Held here because
    // native code does not keep a delegate alive.
    private static readonly Log.LogDelegate Silence = (_, _, _) => { };

    /// <summary>Sets everything; may be repeated. Fails with the reason when the native library cannot be loaded.</summary>
    public static void LockDown()
    {
        if (!ModuleInitializer.VipsInitialized)
        {
            throw new DllNotFoundException("The image library (libvips) cannot be loaded.", ModuleInitializer.Exception);
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
