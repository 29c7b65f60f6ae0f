using VideoGen.AppHost;
using VideoGen.AppHost.Redis;
using VideoGen.AppHost.Supervision;

if (args.Any(arg => arg is "--help" or "-h" or "-?"))
{
    Console.Out.Write(ClusterOptions.Usage);
    return 0;
}

try
{
    var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
    {
        Args = ClusterOptions.ForConfiguration(args),
        TrustDeveloperCertificate = false,    // nothing here uses https
    });
    var options = ClusterOptions.Read(builder);
    using var data = DataDirectory.Claim(options.DataDirectory);
    builder.UseLocalDashboard();

    var redis = builder.AddRedis(options);
    var orleans = builder.AddOrleans("videogen")
        .WithClusterId("videogen")
        .WithServiceId("videogen")
        .WithClustering(redis)
        .WithGrainStorage("Default", redis)
        .WithReminders(redis);

    var silo = builder.AddProject<Projects.VideoGen_Silo>("silo")
        .WithReference(orleans)
        .WithEnvironment("Orleans__Endpoints__AdvertisedIPAddress", "127.0.0.1")
        .WithSharedSettings(options)
        .WithUpstreams(options)
        .WithOperatorDashboard()
        .WithHttpHealthCheck("/ready")
        .WithSupervision()
        .WaitFor(redis)
        .WithReplicas(options.Silos);

    var api = builder.AddProject<Projects.VideoGen_Api>("api")
        .WithReference(orleans.AsClient())
        .WithSharedSettings(options)
        .WithStudioLinks(options.Port)
        .WithHttpHealthCheck("/ready")
        .WithExternalHttpEndpoints()
        .WithSupervision()
        .WaitFor(silo)
        .WithReplicas(options.Apis);

    builder.AddSupervision(stopOrder: [api.Resource, silo.Resource]);
    builder.AddBanner(api, options);

    using var app = builder.Build();
    await app.RunAsync();
    return 0;
}
catch (LaunchException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}
