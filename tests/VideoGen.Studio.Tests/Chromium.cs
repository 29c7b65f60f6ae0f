using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(VideoGen.Studio.Tests.Chromium))]

namespace VideoGen.Studio.Tests;

/// <summary>The Chromium of this machine, driven by Playwright, which brings no browser of its own here.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Everything here waits for something to be seen, and a machine may be very busy.</summary>
    private const float Patience = 180_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),
            // It must not call home: machines that build have no way out, and every failed call takes time.
            Args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
        Assertions.SetDefaultExpectTimeout(Patience);
    }

    /// <summary>A window. Drawing what moves would take half of the processor time of these tests.</summary>
    internal async Task<IBrowserContext> NewContextAsync(
        Uri address, ColorScheme scheme = ColorScheme.Light, int width = 1360, int height = 900,
        ReducedMotion motion = ReducedMotion.Reduce)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = address.AbsoluteUri,
            ColorScheme = scheme,
            Locale = "en-GB",
            ReducedMotion = motion,
            ViewportSize = new() { Width = width, Height = height },
        });
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string Find()
    {
        // The one that has no window takes half of the processor time.
        string[] names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
                ?? throw new FileNotFoundException("These tests need Chromium: apt-get install chromium-headless-shell.");
    }
}
